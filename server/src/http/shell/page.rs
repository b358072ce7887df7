//! The shell and the door as markup. Nothing in it is of a person; the app takes the door away when it is there, with
//! what was typed into it.

use super::Bundle;
use crate::http::Language;
use leptos::prelude::*;

/// Two curves and two stops: the sign of the product, and the road on the door.
const MARK: &str = "M7.2 15H12a2.5 2.5 0 0 0 0-5H8a2.5 2.5 0 0 1 0-5h4.8";
const ROAD: &str =
    "M40 330V270a30 30 0 0 1 30-30h60a30 30 0 0 0 30-30v-20a30 30 0 0 1 30-30h60a30 30 0 0 0 30-30V30";
const ROAD_GONE: &str = "M40 330V270a30 30 0 0 1 30-30h60a30 30 0 0 0 30-30v-20";

pub fn shell(bundle: &Bundle, language: Language) -> String {
    let say = |chinese: &'static str, english: &'static str| language.pick(chinese, english);
    let Bundle { js, wasm, css, boot } = bundle.clone();
    let page = view! {
        <html lang=language.tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <title>{say("走访", "Rounds")}</title>
                <meta name="description" content=say(
                    "客户经理的走访工作台：整本管户簿在手边，没有网络也能用。",
                    "The customer manager's workbench: the whole book at hand, with or without a network.",
                ) />
                <meta name="theme-color" content="#f5f6f8" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#15171c" media="(prefers-color-scheme: dark)" />
                <meta name="color-scheme" content="light dark" />
                <script src=boot data-js=js.clone() data-wasm=wasm.clone()></script>
                <link rel="stylesheet" href=css />
                <link rel="modulepreload" href=js />
                <link rel="preload" href=wasm r#as="fetch" type="application/wasm" crossorigin="anonymous" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
            </head>
            <body>
                <div id="door">{door(language)}</div>
            </body>
        </html>
    };
    format!("<!doctype html>{}", page.to_html())
}

fn door(language: Language) -> impl IntoView {
    let say = |chinese: &'static str, english: &'static str| language.pick(chinese, english);
    view! {
        <main class="door">
            <section class="door-side">
                <p class="door-mark">
                    <svg class="i" viewBox="0 0 20 20" aria-hidden="true">
                        <circle cx="5" cy="15" r="2.2" />
                        <circle cx="15" cy="5" r="2.2" />
                        <path d=MARK />
                    </svg>
                    {say("走访", "Rounds")}
                </p>
                <svg class="route" viewBox="0 0 320 360" aria-hidden="true">
                    <path d=ROAD />
                    <path class="gone" d=ROAD_GONE />
                    <circle class="gone" cx="40" cy="330" r="7" />
                    <circle class="gone" cx="40" cy="270" r="7" />
                    <circle class="gone" cx="130" cy="240" r="7" />
                    <circle class="now" cx="160" cy="190" r="11" />
                    <circle cx="250" cy="160" r="7" />
                    <circle cx="280" cy="90" r="7" />
                    <circle cx="280" cy="30" r="7" />
                </svg>
            </section>
            <section class="door-main">
                <div class="door-top"></div>
                <div class="door-in">
                    <form class="door-form" method="post" action="/app/">
                        <h1>{say("登录", "Sign in")}</h1>
                        <div class="field">
                            <label for="static-employee-no">{say("工号", "Employee number")}</label>
                            <input class="input" id="static-employee-no" inputmode="numeric" autocomplete="username" />
                        </div>
                        <div class="field">
                            <label for="static-password">{say("密码", "Password")}</label>
                            <input class="input" id="static-password" type="password" autocomplete="current-password" />
                        </div>
                        // Until the app is there, nothing could answer it.
                        <button type="submit" class="btn btn-main" disabled=true>{say("登录", "Sign in")}</button>
                        <p class="small quiet">{say("正在打开…", "Opening …")}</p>
                        <noscript>
                            <p class="small quiet">{say(
                                "这个应用需要JavaScript。请在浏览器里打开它再试。",
                                "This app needs JavaScript. Turn it on in your browser and try again.",
                            )}</p>
                        </noscript>
                    </form>
                </div>
            </section>
        </main>
    }
}

/// The server runs, but the app has not been built into its folder.
pub fn not_built(language: Language) -> String {
    let say = |chinese: &'static str, english: &'static str| language.pick(chinese, english);
    let page = view! {
        <html lang=language.tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{say("走访", "Rounds")}</title>
            </head>
            <body>
                <main>
                    <h1>{say("程序还没有构建", "The app has not been built")}</h1>
                    <p>{say(
                        "服务器在运行，但没有找到应用的文件。请运行 cargo xtask run，或用 ROUNDS_DIST 指出它们在哪里。",
                        "The server runs but finds no files of the app. Run cargo xtask run, or say where they are in ROUNDS_DIST.",
                    )}</p>
                </main>
            </body>
        </html>
    };
    format!("<!doctype html>{}", page.to_html())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_names_its_files_and_runs_nothing_inline() {
        let bundle = Bundle {
            js: "/assets/app-1.js".to_owned(),
            wasm: "/assets/app-1_bg.wasm".to_owned(),
            css: "/assets/app-1.css".to_owned(),
            boot: "/assets/boot-1.js".to_owned(),
        };
        let html = shell(&bundle, Language::Chinese);
        assert!(html.starts_with("<!doctype html><html lang=\"zh-CN\">"), "{html}");
        for part in [
            r#"<script src="/assets/boot-1.js" data-js="/assets/app-1.js" data-wasm="/assets/app-1_bg.wasm"></script>"#,
            r#"<link rel="stylesheet" href="/assets/app-1.css">"#,
            r#"as="fetch""#,
            ">工号</label>",
            "id=\"door\"",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("style="), "{html}");
        assert_eq!(html.matches("<script").count(), 1);
        assert!(shell(&bundle, Language::English).contains(">Password</label>"));
        assert!(not_built(Language::English).contains("has not been built"));
    }
}
