use super::*;

fn slice(text: &str, span: Span) -> &str {
    &text[span.range()]
}

#[test]
fn places_are_those_of_the_file() {
    let text = "\u{feff}# ünï\nresource \"aws_iam_user\" deployer {\n  name = \"dé${var.x}\"\n  tags = { \"a\" = \"b\", c : 1 }\n  z = aws_x.y[0].name\n}\n";
    let parsed = parse(text);
    let block = &parsed.body.blocks[0];
    assert_eq!(slice(text, block.kind.span), "resource");
    assert_eq!(slice(text, block.labels[0].span), "\"aws_iam_user\"");
    assert_eq!(slice(text, block.labels[1].span), "deployer");
    assert_eq!(slice(text, block.body.attributes[0].value.span), "\"dé${var.x}\"");
    let Value::Object(items) = &block.body.attributes[1].value.value else {
        unreachable!()
    };
    assert_eq!(slice(text, items[0].0.span), "\"a\"");
    assert_eq!(slice(text, items[0].1.span), "\"b\"");
    assert_eq!(slice(text, items[1].0.span), "c");
    assert_eq!(
        block.body.attributes[2].value.value,
        Value::Reference(vec!["aws_x".to_owned(), "y".to_owned(), "name".to_owned()])
    );
    assert_eq!(slice(text, block.body.attributes[2].value.span), "aws_x.y[0].name");
}

#[test]
fn a_torn_block_is_lost_alone() {
    let whole = "resource \"a\" \"one\" {\n  x = 1\n}\n";
    let last = "resource \"a\" \"three\" {\n  y = <<-E\n    } \"\n    resource \"no\" {\n  E\n}\n";
    for torn in [
        "resource \"b\" \"two\" {\n  x = = 1\n}\n",
        "resource \"b\" \"two\" {\n  x = {\n}\n",
        "resource \"b\" \"two\" {\n  x = \"never closed\n}\n",
        "resource \"b\" \"two\" {\n  x = \"${ never closed\n}\n",
        "resource \"b\" \"two\" {\n  x = <<EOT\n never closed\n}\n",
        "resource \"b\" \"two\" {\n  x = [1, 2\n}\n",
        "resource \"b\" \"two\" {\n  x = 1\n  x = 2\n}\n",
        "resource \"b\" \"two\" {\n",
    ] {
        let text = format!("{whole}\n{torn}\n{last}");
        let parsed = parse(&text);
        let names: Vec<_> = parsed
            .body
            .blocks
            .iter()
            .map(|block| block.labels[1].text.as_str())
            .collect();
        assert_eq!(names, ["one", "three"], "{torn}");
        assert_eq!(parsed.unread.len(), 1, "{torn}: {:?}", parsed.unread);
        assert_eq!(
            parsed.unread[0].unread.why,
            "the block `resource \"b\" \"two\"` from line 5 could not be parsed"
        );
        assert_eq!(slice(&text, parsed.unread[0].unread.span), "resource \"b\" \"two\"");
        for span in &parsed.opaque {
            assert!(!slice(&text, *span).contains("three"), "{torn}");
        }
    }
}

#[test]
fn what_follows_a_brace_too_many_belongs_to_it() {
    let text = "resource \"a\" \"b\" {\n}\n}\n}\n\nlocals {\n  x = 1\n}\n";
    let parsed = parse(text);
    assert_eq!(parsed.body.blocks.len(), 2);
    let why: Vec<_> = parsed.unread.iter().map(|lost| lost.unread.why.as_str()).collect();
    assert_eq!(why, ["the text from line 3 could not be parsed"]);
}

#[test]
fn a_comment_that_is_never_closed_goes_to_the_end() {
    for (text, named) in [
        ("/*\nresource \"b\" \"two\" {\n}\n", "the text from line 2"),
        ("x = 1 /*\nresource \"b\" \"two\" {\n}\n", "the block `x` from line 2"),
        (
            "resource \"c\" \"d\" {\n  x = 1 /*/\n}\nresource \"b\" \"two\" {\n}\n",
            "the block `resource \"c\" \"d\"` from line 2",
        ),
        ("a {\n}\n/**/ /*/", "the text from line 4"),
    ] {
        let text = format!("/* closed */ resource \"a\" \"one\" {{ }}\n{text}");
        let parsed = parse(&text);
        assert_eq!(parsed.body.blocks[0].labels[1].text, "one", "{text}");
        assert!(
            parsed.body.blocks[1..].iter().all(|block| block.labels.is_empty()),
            "{text}"
        );
        let why: Vec<_> = parsed.unread.iter().map(|lost| lost.unread.why.as_str()).collect();
        assert_eq!(why, [format!("{named} could not be parsed")], "{text}");
        assert_eq!(parsed.unread[0].whole.range().end, text.len());
        assert_eq!(parsed.opaque.last().map(|span| span.range().end), Some(text.len()));
    }
}

#[test]
fn nothing_nested_too_deeply_is_followed() {
    for (open, close) in [
        ("[", "]"),
        ("{ a = ", "}"),
        ("(", ")"),
        ("\"${", "}\""),
        ("!", ""),
        ("f(", ")"),
        ("1 + ", ""),
    ] {
        for depth in [70, 5_000] {
            let text = format!(
                "resource \"a\" \"deep\" {{\n  x = {}1{}\n}}\nresource \"a\" \"flat\" {{\n}}\n",
                open.repeat(depth),
                close.repeat(depth)
            );
            let parsed = parse(&text);
            assert!(
                parsed.body.blocks.iter().any(|block| block.labels[1].text == "flat"),
                "{open} {depth}"
            );
            assert!(
                parsed.unread.iter().all(|lost| lost.unread.why.contains("deep")),
                "{:?}",
                parsed.unread
            );
        }
    }
    let text = format!("{}{}", "a {\n".repeat(5_000), "}\n".repeat(5_000));
    assert_eq!(
        parse(&text).unread[0].unread.why,
        "the block `a` from line 1 is nested beyond 64 levels"
    );
}

#[test]
fn hostile_files_take_no_longer_than_they_are() {
    let started = std::time::Instant::now();
    let items: String = (0..60_000).map(|at| format!("k{at}=1\n")).collect();
    let wide = format!("locals {{\n x = {{\n{items}}}\n}}\nresource \"a\" \"b\" {{\n}}\n");
    let parsed = parse(&wide);
    assert_eq!(parsed.body.blocks.len(), 1);
    assert_eq!(
        parsed.unread[0].unread.why,
        "the block `locals` from line 1 has too many entries in one place"
    );
    for text in [
        "a = <<E\n".repeat(50_000),
        "/*".repeat(200_000),
        "(".repeat(500_000),
        "\"${".repeat(200_000),
        "[{".repeat(200_000) + &"]".repeat(200_000),
        "x".repeat(1_000_000),
        "resource \"a\" \"b\" {\n".repeat(20_000),
        "}\n".repeat(200_000),
        "a \"\\".to_owned(),
        "é".repeat(100_000),
        "\r".repeat(100_000),
        "<<".to_owned(),
        "a = <<-\n\"".to_owned(),
        "a = \"\\é\" {".to_owned(),
        String::new(),
    ] {
        let parsed = parse(&text);
        for span in parsed
            .opaque
            .iter()
            .chain(parsed.unread.iter().map(|lost| &lost.unread.span))
        {
            assert!(text.get(span.range()).is_some());
        }
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn no_shape_takes_more_than_linear_time() {
    const SIZE: usize = 500_000;
    let fill = |one: &str| one.repeat(SIZE / one.len());
    let each = |one: fn(usize) -> String, many: usize| (0..many).map(one).collect::<String>();
    let wide = |key: fn(usize) -> String| format!("{{\n{}}}", each(key, 30_000));
    let objects = |many| format!("x = {{\n{}}}\n", each(|at| format!("k{at}=1\n"), many));
    let expressions = [
        fill("a ? b : ") + "c",
        fill("a ? ") + "c" + &fill(" : b"),
        fill("1 + "),
        format!("[{}]", fill(&("1 + ".repeat(120) + "1,\n"))),
        fill("!"),
        fill("- "),
        format!("({}a{})", "!".repeat(60), fill("/**/")),
        format!("[{}]", fill(&("!".repeat(60) + "a,\n"))),
        format!("[{}]", fill(&("f(".repeat(60) + "1" + &")".repeat(60) + ",\n"))),
        "a".to_owned() + &fill("[*]"),
        "a".to_owned() + &fill(".*"),
        "a".to_owned() + &fill("::a") + "()",
        format!("[{}]", fill("1,")),
        wide(|at| format!("k{at}=1\n")),
        wide(|at| format!("\"k{at}\n\"=1\n")),
        wide(|at| format!("\"k{at}\nlocals {{\"=1\n")),
        format!("[<<E\nE\n<<F\nE\n, {}\n, a\nF\n]", wide(|at| format!("k{at}=1\n"))),
        format!("\"{}\"", fill("${a}b")),
        format!("\"{}\"", fill("%{if a}")),
        format!("\"{}\"", fill("$")),
        format!("<<E\n{}\nE", fill("Ex\n")),
    ];
    let attribute = |value: String| format!("resource \"a\" \"b\" {{\n  x = {value}\n}}\n");
    let files = [
        each(|at| format!("a{at}=1\n"), 100_000),
        format!("a {{\n{}}}\n", each(|at| format!("a{at}=1\n"), 100_000)),
        each(|_| "a {}\n".to_owned(), 100_000),
        format!("a {{\n{}}}\n", each(|at| format!("a{at} = <<E\nx\nE\n"), 30_000)),
        each(|at| format!("a{at} = <<E{at}\nx\n"), 30_000),
        objects(3_900).repeat(15),
        objects(450).repeat(150),
        fill("\""),
        fill("{"),
        fill("\"\n"),
        fill("x = = 1\n"),
    ];
    for text in expressions.into_iter().map(attribute).chain(files) {
        let started = std::time::Instant::now();
        parse(&text);
        let took = started.elapsed();
        assert!(
            took.as_secs() < 60,
            "{took:?}: {}",
            text.chars().take(60).collect::<String>()
        );
    }
}

#[test]
fn json_says_the_same_as_blocks() {
    let text = r#"{"resource": {"aws_iam_user": {"a": {"name": "deployer", "tags": {"team": "x"}}, "b": [{"path": "/ci/"}]}},
"data": {"aws_iam_policy_document": {"p": {"statement": [{"actions": ["*"]}, {"actions": ["s3:Get*"]}]}}},
"locals": {"n": 1, "on": true, "user": "${aws_iam_user.a.name}", "arn": "arn:${var.p}:x"}}"#;
    let parsed = super::parse_json(text);
    assert!(parsed.unread.is_empty());
    let named: Vec<(&str, Vec<&str>)> = parsed
        .body
        .blocks
        .iter()
        .map(|block| {
            (
                block.kind.text.as_str(),
                block.labels.iter().map(|label| label.text.as_str()).collect(),
            )
        })
        .collect();
    let user = |name| ("resource", vec!["aws_iam_user", name]);
    assert_eq!(
        named,
        [
            user("a"),
            user("b"),
            ("data", vec!["aws_iam_policy_document", "p"]),
            ("locals", vec![])
        ]
    );
    let label = &parsed.body.blocks[0].labels[1];
    assert_eq!(&text[label.span.range()], "\"a\"");
    assert_eq!(parsed.body.blocks[0].body.text("name"), Some("deployer"));
    assert_eq!(parsed.body.blocks[2].body.blocks("statement").count(), 2);
    let locals = &parsed.body.blocks[3].body;
    assert_eq!(locals.value("on").map(|on| &on.value), Some(&Value::Bool(true)));
    let Some(user) = locals.value("user") else {
        unreachable!()
    };
    let reference = Value::Reference(["aws_iam_user", "a", "name"].map(str::to_owned).to_vec());
    assert!(
        user.value == reference || user.parts().iter().any(|part| part.value == reference),
        "{user:?}"
    );
    assert_eq!(&text[user.span.range()], "${aws_iam_user.a.name}");
    assert_eq!(super::parse_json("{\"resource\": [}").unread.len(), 1);
}
