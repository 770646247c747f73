use super::*;

/// What is seen: the host, and the text at its place.
fn seen(path: &str, text: &str) -> Vec<(String, String)> {
    let shows = see(Input { path, text });
    let masked = crate::discover::masked(text.to_owned(), &shows);
    assert!(
        !masked.contains("h7Gk29dLmPq81xZz") && !masked.contains("aDdHazI5ZExtUHE4"),
        "{masked}"
    );
    let sightings = shows.sightings.iter().map(|one| {
        let host = one.locator.trim_start_matches("registry:").to_owned();
        (host, text.get(one.span.range()).unwrap_or("?").to_owned())
    });
    sightings.collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter()
        .map(|(host, key)| ((*host).to_owned(), (*key).to_owned()))
        .collect()
}

#[test]
fn settings_of_npm_have_a_host_or_mean_the_default_one() {
    for (text, expected) in [
        (
            "//npm.example.com/:_authToken=h7Gk29dLmPq81xZz",
            &[("npm.example.com", "//npm.example.com/:_authToken")][..],
        ),
        (
            "\u{feff}//NPM.example.com:8443/a/b/:_authToken = \"h7Gk29dLmPq81xZz\"\r\n",
            &[("npm.example.com", "//NPM.example.com:8443/a/b/:_authToken")],
        ),
        (
            "//npm.example.com/:username=ada\n//npm.example.com/:_password=aDdHazI5ZExtUHE4\n",
            &[("npm.example.com", "//npm.example.com/:_password")],
        ),
        (
            "_auth=aDdHazI5ZExtUHE4\nregistry=https://npm.example.com/\n",
            &[("npm.example.com", "_auth")],
        ),
        ("_authToken=h7Gk29dLmPq81xZz", &[("npm", "_authToken")]),
        ("_authToken=h7Gk29dLmPq81xZz\nregistry=${REGISTRY}", &[]),
        (
            "@shop:registry=https://ada:h7Gk29dLmPq81xZz@npm.example.com/x",
            &[("npm.example.com", "@shop:registry")],
        ),
        ("registry=https://npm.example.com/h7Gk29dLmPq81xZz", &[]),
        ("//npm.example.com/:_authToken=${NPM_TOKEN_2026}", &[]),
        ("//npm.example.com/:_authToken=$NPM_TOKEN_2026", &[]),
        ("//npm.example.com/:_authToken=<the token of 2026>", &[]),
        ("//npm.example.com/:_authToken=", &[]),
        ("//npm.example.com/:_authToken", &[]),
        ("#//npm.example.com/:_authToken=h7Gk29dLmPq81xZz", &[]),
        (" ; //npm.example.com/:_authToken=h7Gk29dLmPq81xZz", &[]),
        ("//npm.example.com/:_authToken=${T} # h7Gk29dLmPq81xZz", &[]),
        ("//localhost:4873/:_authToken=h7Gk29dLmPq81xZz", &[]),
        ("//${HOST}/:_authToken=h7Gk29dLmPq81xZz", &[]),
        (
            "email=ada2026@example.com\nproxy=http://a:h7Gk29dLmPq81xZz@proxy.example.com",
            &[],
        ),
        ("[section]\n_authToken=h7Gk29dLmPq81xZz", &[]),
        ("//npm.example.com/:keyfile=h7Gk29dLmPq81xZz", &[]),
        (
            "//u:h7Gk29dLmPq81xZz@npm.example.com/:_authToken=h7Gk29dLmPq81xZz",
            &[("npm.example.com", "_authToken")],
        ),
    ] {
        assert_eq!(seen("a/.npmrc", text), pairs(expected), "{text}");
    }
}

#[test]
fn a_section_of_pythons_has_its_index() {
    for (text, expected) in [
        (
            "[distutils]\nindex-servers =\n  shop\n  pypi\n\n[shop]\nrepository: https://py.example.com/simple/\nusername: ada\npassword: h7Gk29dLmPq81xZz\n",
            &[("py.example.com", "password")][..],
        ),
        (
            "[shop]\r\n  Password = h7Gk29dLmPq81xZz\r\n  repository = https://py.example.com/\r\n",
            &[("py.example.com", "Password")],
        ),
        (
            "[pypi]\nusername = __token__\npassword = pypi-h7Gk29dLmPq81xZz",
            &[("pypi", "password")],
        ),
        (
            "[testpypi]\npassword = pypi-h7Gk29dLmPq81xZz",
            &[("testpypi", "password")],
        ),
        (
            "[shop]\nrepository = https://ada:h7Gk29dLmPq81xZz@py.example.com/",
            &[("py.example.com", "repository")],
        ),
        ("[shop]\npassword = h7Gk29dLmPq81xZz", &[]),
        (
            "[shop]\nrepository = https://py.example.com/\npassword = ${PASSWORD_2026}",
            &[],
        ),
        (
            "[shop]\nrepository = https://py.example.com/\n# password = h7Gk29dLmPq81xZz",
            &[],
        ),
        (
            "[shop]\nrepository = https://py.example.com/\nusername = x\n  password = h7Gk29dLmPq81xZz",
            &[],
        ),
        ("[pypi]\nusername = h7Gk29dLmPq81xZz", &[]),
        ("password = h7Gk29dLmPq81xZz", &[]),
    ] {
        assert_eq!(seen(".pypirc", text), pairs(expected), "{text}");
    }
}

#[test]
fn a_machine_of_netrc_has_what_follows_it() {
    let found = &[("git.example.com", "password")][..];
    for (text, expected) in [
        ("machine git.example.com login ada password h7Gk29dLmPq81xZz", found),
        (
            "machine\n  git.example.com\nlogin\tada\npassword\n  h7Gk29dLmPq81xZz\n",
            found,
        ),
        (
            "\u{feff}machine GIT.example.com password \"h7Gk29dLmPq81xZz and more\"",
            found,
        ),
        (
            "# of ada's\nmachine git.example.com # ours\n login ada\n password h7Gk29dLmPq81xZz",
            found,
        ),
        (
            "machine git.example.com login password password h7Gk29dLmPq81xZz",
            found,
        ),
        (
            "machine a.example.com password ${T}\nmachine git.example.com password h7Gk29dLmPq81xZz",
            found,
        ),
        (
            "macdef init\nmachine b.example.com password h7Gk29dLmPq81xZz\n\nmachine git.example.com password h7Gk29dLmPq81xZz",
            found,
        ),
        ("macdef init\nmachine b.example.com password h7Gk29dLmPq81xZz", &[]),
        (
            "machine git.example.com\ndefault login ada password h7Gk29dLmPq81xZz",
            &[],
        ),
        ("machine git.example.com login ada password $PASSWORD_2026", &[]),
        ("# machine git.example.com password h7Gk29dLmPq81xZz", &[]),
        ("machine git.example.com login h7Gk29dLmPq81xZz", &[]),
        ("machine localhost password h7Gk29dLmPq81xZz", &[]),
        ("machine git.example.com password", &[]),
        ("machine", &[]),
    ] {
        assert_eq!(seen(".netrc", text), pairs(expected), "{text}");
    }
}

#[test]
fn keys_are_left_and_nothing_else() {
    for (path, text, left) in [
        (
            ".npmrc",
            "//npm.example.com/:_authToken=h7Gk29dLmPq81xZ=\nAbC1=\n",
            "//npm.example.com/:_authToken=****************\n*****\n",
        ),
        (
            ".pypirc",
            "[pypi]\npassword = h7Gk29dLmPq81xZ=\nAbC1=\n",
            "[****]\npassword = ****************\n*****\n",
        ),
        (
            ".netrc",
            "machine git.example.com\nlogin ada\npassword\nh7Gk29dLmPq81xZ=\nAbC1=\n",
            "******* ***************\n***** ***\npassword\n****************\n*****\n",
        ),
    ] {
        let shows = see(Input { path, text });
        assert_eq!(crate::discover::masked(text.to_owned(), &shows), left);
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic_or_show_a_place_that_is_none(
        parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..40),
    ) {
        let text = parts.concat();
        for path in [".npmrc", ".pypirc", ".netrc"] {
            let shows = see(Input { path, text: &text });
            let spans = shows.sightings.iter().map(|one| one.span).chain(shows.literals.iter().copied());
            for span in spans {
                proptest::prop_assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
            }
            let masked = crate::discover::masked(text.clone(), &shows);
            proptest::prop_assert_eq!(masked.len(), text.len());
        }
    }
}

const PARTS: &[&str] = &[
    "machine",
    "default",
    "macdef",
    "login",
    "password",
    "account",
    " ",
    "\n",
    "\r\n",
    "\t",
    "#",
    ";",
    "\"",
    "\\",
    "[",
    "]",
    "=",
    ":",
    "//npm.example.com/",
    "_authToken",
    "_auth",
    "registry",
    "https://",
    "@",
    "h7Gk29dLmPq81xZz",
    "ü",
    "\u{feff}",
    "[pypi]",
    "repository",
    "\n\n",
];
