//! Who acts: roles, how sure the sign-in is, and what of the country a role reaches.

use crate::ids::{CohortId, DistrictId, PersonId, SessionId};
use serde::{Deserialize, Serialize};

/// A role that a person can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Takes the course (*participante*).
    Trainee,
    /// Writes lessons, takes attendance, grades (*juez formador*).
    Judge,
    /// Coordinates districts (*equipo del programa*).
    Staff,
    /// Reads everything, changes nothing.
    Auditor,
    /// Runs the installation.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Trainee, Self::Judge, Self::Staff, Self::Auditor, Self::Admin];

    /// The word used in the database, on the command line and in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trainee => "trainee",
            Self::Judge => "judge",
            Self::Staff => "staff",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }

    /// The role of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }

    /// Where a person with this role begins.
    #[must_use]
    pub const fn landing(self) -> &'static str {
        match self {
            Self::Trainee => "/home",
            Self::Judge => "/grading",
            Self::Staff => "/staff",
            Self::Auditor => "/audit",
            Self::Admin => "/admin",
        }
    }
}

/// How sure the server is of who signed in (people.md, Sign-in).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// One thing known: a PIN on a known device, a password, a one-time code.
    Single,
    /// Two things: a card and its PIN, or a password and a second factor.
    Double,
}

impl Assurance {
    /// As stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Double => "double",
        }
    }
}

/// A role as it is held: everywhere, or in one judicial district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Which role.
    pub role: Role,
    /// Where; `None` is everywhere.
    pub district: Option<DistrictId>,
}

/// Somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// In which session.
    pub session: SessionId,
    /// How sure the server is.
    pub assurance: Assurance,
    /// With which roles.
    pub grants: Vec<Grant>,
    /// Cohorts that she or he teaches as a judge.
    pub cohorts: Vec<CohortId>,
}

impl Actor {
    /// Whether the role is held anywhere.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.grants.iter().any(|g| g.role == role)
    }

    /// Whether the role is held in `district`.
    #[must_use]
    pub fn has_in(&self, role: Role, district: &DistrictId) -> bool {
        self.grants.iter().any(|g| g.role == role && g.district.as_ref().is_none_or(|d| d == district))
    }

    /// The districts in which the role is held.
    #[must_use]
    pub fn scope(&self, role: Role) -> Scope {
        let mut districts = Vec::new();
        for grant in self.grants.iter().filter(|g| g.role == role) {
            match &grant.district {
                None => return Scope::Everywhere,
                Some(district) => districts.push(district.clone()),
            }
        }
        if districts.is_empty() { Scope::Nowhere } else { Scope::Districts(districts) }
    }
}

/// Which rows a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Nothing.
    Nowhere,
    /// These judicial districts.
    Districts(Vec<DistrictId>),
    /// Everything.
    Everywhere,
}

impl Scope {
    /// Whether a record of `district` is inside.
    #[must_use]
    pub fn holds(&self, district: &DistrictId) -> bool {
        match self {
            Self::Nowhere => false,
            Self::Districts(districts) => districts.contains(district),
            Self::Everywhere => true,
        }
    }
}
