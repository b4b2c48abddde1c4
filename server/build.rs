//! Embeds the site: what `ORIENTA_SITE` holds (stylesheet, scripts, WebAssembly, each with its `.br`), or, without it,
//! the stylesheet and public files of `app/`, which is enough for tests without a browser.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-env-changed=ORIENTA_SITE");
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut files = Vec::new();
    match env::var_os("ORIENTA_SITE").map(PathBuf::from) {
        Some(site) => walk(&site, &site, &mut files)?,
        None => {
            for folder in ["style", "public"] {
                let folder = manifest.join("../app").join(folder).canonicalize()?;
                walk(&folder, &folder, &mut files)?;
            }
        }
    }
    files.sort();
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    let mut code = String::from("pub static FILES: &[File] = &[\n");
    for (name, path) in files.iter().filter(|(name, _)| !name.ends_with(".br")) {
        println!("cargo::rerun-if-changed={}", path.display());
        for byte in name.bytes().chain(fs::read(path)?) {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let packed = files.iter().find(|(other, _)| *other == format!("{name}.br"));
        let packed = packed.map_or_else(|| "None".to_owned(), |(_, path)| format!("Some(include_bytes!({path:?}))"));
        writeln!(code, "    File {{ name: {name:?}, plain: include_bytes!({path:?}), brotli: {packed} }},")?;
    }
    writeln!(code, "];\npub const DIGEST: &str = \"{digest:016x}\";")?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("site.rs"), code)?;
    Ok(())
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(root, &path, files)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            files.push((relative.to_string_lossy().replace('\\', "/"), path));
        }
    }
    Ok(())
}
