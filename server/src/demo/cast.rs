//! Who appears in the demo.

use domain::access::Role;

/// Somebody with a desk.
pub struct Desk {
    /// Given names.
    pub given: &'static str,
    /// First surname.
    pub paternal: &'static str,
    /// Second surname.
    pub maternal: &'static str,
    /// DNI.
    pub number: &'static str,
    /// Password.
    pub secret: &'static str,
    /// Role.
    pub role: Role,
    /// Judicial district that limits it.
    pub district: Option<&'static str>,
}

const fn desk(names: [&'static str; 3], number: &'static str, role: Role, district: Option<&'static str>) -> Desk {
    Desk { given: names[0], paternal: names[1], maternal: names[2], number, secret: "demo-orienta", role, district }
}

/// Judges, staff, auditor, admin. The first of each role is printed at start.
pub const DESK: [Desk; 7] = [
    desk(["Julio César", "Paredes", "Ruiz"], "40111001", Role::Judge, None),
    desk(["Carmen Rosa", "Villacorta", "Díaz"], "40111002", Role::Staff, None),
    desk(["Óscar", "Mendoza", "Luna"], "40111003", Role::Auditor, None),
    desk(["Patricia", "Salas", "Quispe"], "40111004", Role::Admin, None),
    desk(["Elena", "Torres", "Vega"], "40111005", Role::Judge, None),
    desk(["Raúl", "Huamán", "Soto"], "40111006", Role::Staff, Some("san-martin")),
    desk(["Silvia", "Cárdenas", "Mori"], "40111007", Role::Staff, None),
];

/// Password of every trainee of the demo; on a device that knows them the PIN is [`TRAINEE_PIN`].
pub const TRAINEE_PASSWORD: &str = "demo-orienta";
/// PIN of every trainee of the demo.
pub const TRAINEE_PIN: &str = "492751";

/// Trainees printed at start.
pub const SHOWN: [(&str, &str); 4] = [
    ("70222001", "in the middle of Module 4"),
    ("70222002", "just begun"),
    ("70222003", "ready for a certificate"),
    ("70222004", "certified"),
];

/// How far a trainee has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Enrolled, nothing yet.
    New,
    /// Welcome module and its sessions.
    Begun,
    /// So many lessons of Module 4.
    Studying(usize),
    /// All hours, evaluation handed in, waits for a judge.
    Sat,
    /// Failed the evaluation once.
    Failed,
    /// Everything, waits for the certificate.
    Ready,
    /// Certified.
    Certified,
    /// Certified, then revoked.
    Revoked,
}

/// A trainee of the demo.
pub struct Trainee {
    /// Given names.
    pub given: &'static str,
    /// First surname.
    pub paternal: &'static str,
    /// Second surname.
    pub maternal: &'static str,
    /// DNI.
    pub number: &'static str,
    /// How far she has come.
    pub stage: Stage,
}

const fn trainee(given: &'static str, paternal: &'static str, maternal: &'static str, number: &'static str, stage: Stage) -> Trainee {
    Trainee { given, paternal, maternal, number, stage }
}

/// A cohort of the demo.
pub struct Cohort {
    /// Title.
    pub title: &'static str,
    /// Judicial district.
    pub district: &'static str,
    /// Place.
    pub place: &'static str,
    /// Its trainees.
    pub trainees: &'static [Trainee],
}

/// Cohorts in the four regions (five judicial districts).
pub const COHORTS: [Cohort; 5] = [
    Cohort {
        title: "Lamas 2026-II",
        district: "san-martin",
        place: "Lamas",
        trainees: &[
            trainee("Rosa", "Tuanama", "Sangama", "70222001", Stage::Studying(3)),
            trainee("Marleni", "Cachique", "Amasifuén", "70222004", Stage::Certified),
            trainee("Dora", "Fasabi", "Apagüeño", "70222005", Stage::Begun),
            trainee("Elsa", "Cenepo", "Sinarahua", "70222003", Stage::Ready),
            trainee("Luz", "Shupingahua", "Tapullima", "70222006", Stage::Failed),
        ],
    },
    Cohort {
        title: "Tambopata 2026-II",
        district: "madre-de-dios",
        place: "Puerto Maldonado",
        trainees: &[
            trainee("Yésica", "Shimbo", "Ríos", "70222002", Stage::New),
            trainee("Nelly", "Kameno", "Dariquebe", "70222007", Stage::Sat),
            trainee("Flor de María", "Quispe", "Huamán", "70222008", Stage::Studying(5)),
        ],
    },
    Cohort {
        title: "Yanahuanca 2026-II",
        district: "pasco",
        place: "Yanahuanca",
        trainees: &[
            trainee("Alejandrina", "Ñahui", "Carhuaricra", "70222009", Stage::Revoked),
            trainee("Teófila", "Espinoza", "Roque", "70222010", Stage::Studying(1)),
        ],
    },
    Cohort {
        title: "Huancayo 2026-II",
        district: "junin",
        place: "Huancayo",
        trainees: &[
            trainee("Gladys", "Yupanqui", "De la Cruz", "70222011", Stage::Certified),
            trainee("Zoila", "Huamancayo", "Poma", "70222012", Stage::Studying(2)),
        ],
    },
    Cohort {
        title: "Satipo 2026-II",
        district: "selva-central",
        place: "Satipo",
        trainees: &[
            trainee("Maribel", "Chiricente", "Mahuanca", "70222013", Stage::Sat),
            trainee("Hilda", "Ñahui Yupanqui-p̃", "de los Ángeles Huamancayo", "70222014", Stage::Certified),
        ],
    },
];
