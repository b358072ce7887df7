//! Language and looks.

use crate::Rebuild;
use crate::browser::screen::{self, Theme};
use crate::components::Segment;
use crate::i18n::{self, Language, t};
use crate::words::settings as words;
use leptos::prelude::*;

#[component]
pub fn Looks() -> impl IntoView {
    let rebuild = Rebuild::expect();
    let theme = RwSignal::new(screen::theme());
    let choose_language = move |language: Language| {
        if language != i18n::language() {
            i18n::set_language(language);
            screen::set_language(language);
            rebuild.now();
        }
    };
    let choose_theme = move |chosen: Theme| {
        screen::set_theme(chosen);
        theme.set(chosen);
    };
    view! {
        <section aria-labelledby="h-looks">
            <div class="head"><h2 id="h-looks">{t(words::LOOKS)}</h2></div>
            <ul class="opts">
                <li class="opt-2">
                    <span>{t(words::LANGUAGE)}</span>
                    <Segment label=t(words::LANGUAGE) group="language"
                        options=vec![(Language::ZhCn, "中文".to_owned()), (Language::En, "English".to_owned())]
                        chosen=Signal::derive(|| Some(i18n::language())) on_choose=choose_language />
                </li>
                <li class="opt-2">
                    <span>{t(words::THEME)}</span>
                    <Segment label=t(words::THEME) group="theme"
                        options=vec![
                            (Theme::System, t(words::THEME_SYSTEM).to_owned()),
                            (Theme::Light, t(words::THEME_LIGHT).to_owned()),
                            (Theme::Dark, t(words::THEME_DARK).to_owned()),
                        ]
                        chosen=Signal::derive(move || Some(theme.get())) on_choose=choose_theme />
                </li>
            </ul>
        </section>
    }
}
