//! Turns the texts of `locales/` into methods of `Texts`, so that a missing key, language or placeholder does not compile.
//!
//! Format: `key = text with {placeholder}`; `key.one` and `key.other` make a plural by `{count}`; `#` begins a comment.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::{env, fs, path::Path};

const LANGUAGES: [(&str, &str); 2] = [("es-PE", "Es"), ("en", "En")];

type Catalogue = BTreeMap<String, String>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=build.rs");
    let mut catalogues = Vec::new();
    for (folder, variant) in LANGUAGES {
        catalogues.push((folder, variant, read(&Path::new("locales").join(folder))?));
    }
    let (_, _, source) = catalogues.first().ok_or("no language")?;
    for (folder, _, other) in &catalogues {
        compare(source, other, folder)?;
    }
    let mut code = String::from("impl Texts {\n");
    let keys: BTreeSet<&str> = source.keys().map(|k| k.split('.').next().unwrap_or(k)).collect();
    for key in keys {
        method(&mut code, key, &catalogues)?;
    }
    code.push_str("}\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("texts.rs"), code)?;
    Ok(())
}

fn read(folder: &Path) -> Result<Catalogue, Box<dyn std::error::Error>> {
    let mut catalogue = Catalogue::new();
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(fs::DirEntry::path);
    for file in files {
        let path = file.path();
        for (number, line) in fs::read_to_string(&path)?.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let place = format!("{}:{}", path.display(), number + 1);
            let (key, text) = line.split_once(" = ").ok_or_else(|| format!("{place}: write `key = text`"))?;
            if catalogue.insert(key.to_owned(), text.to_owned()).is_some() {
                return Err(format!("{place}: the key `{key}` is there twice").into());
            }
        }
    }
    Ok(catalogue)
}

fn compare(source: &Catalogue, other: &Catalogue, folder: &str) -> Result<(), String> {
    for (key, text) in source {
        let translated = other.get(key).ok_or_else(|| format!("locales/{folder}: the key `{key}` is missing"))?;
        if placeholders(text) != placeholders(translated) {
            return Err(format!("locales/{folder}: the placeholders of `{key}` differ"));
        }
    }
    other.keys().find(|k| !source.contains_key(*k)).map_or(Ok(()), |k| Err(format!("locales/{folder}: `{k}` is not in es-PE")))
}

fn placeholders(text: &str) -> BTreeSet<String> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

fn method(code: &mut String, key: &str, catalogues: &[(&str, &str, Catalogue)]) -> Result<(), Box<dyn std::error::Error>> {
    let name = key.replace('-', "_");
    let (_, _, source) = catalogues.first().ok_or("no language")?;
    let doc = source.get(key).or_else(|| source.get(&format!("{key}.other"))).ok_or_else(|| format!("`{key}` has no `.other`"))?;
    let plural = !source.contains_key(key);
    let mut names = placeholders(doc);
    names.remove("count");
    let parameters: String = names.iter().map(|n| format!(", {n}: impl std::fmt::Display")).collect();
    let counted = plural || placeholders(doc).contains("count");
    let count = if counted { ", count: i64" } else { "" };
    let owned = counted || !names.is_empty();
    let returns = if owned { "String" } else { "&'static str" };
    writeln!(code, "    /// {}\n    #[must_use]\n    pub fn {name}(self{count}{parameters}) -> {returns} {{", doc.replace('<', "&lt;"))?;
    code.push_str("        match self.0 {\n");
    for (_, variant, catalogue) in catalogues {
        let arm = |text: &str| match (owned, text.contains('{')) {
            (true, true) => format!("format!({text:?})"),
            (true, false) => format!("{text:?}.to_owned()"),
            (false, _) => format!("{text:?}"),
        };
        let body = if plural {
            let one = catalogue.get(&format!("{key}.one")).ok_or_else(|| format!("`{key}.one` is missing"))?;
            let other = catalogue.get(&format!("{key}.other")).ok_or_else(|| format!("`{key}.other` is missing"))?;
            format!("if count == 1 {{ {} }} else {{ {} }}", arm(one), arm(other))
        } else {
            arm(catalogue.get(key).ok_or("missing")?)
        };
        writeln!(code, "            Language::{variant} => {body},")?;
    }
    code.push_str("        }\n    }\n");
    Ok(())
}
