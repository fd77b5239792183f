//! Files, photos and signatures.

use maud::{Markup, html};

use super::{Field, fields};
use crate::{i18n::Words, shell::icon};

/// One file; `accept` as in HTML: `.xlsx,.xls,.csv`. The form around it must be `multipart/form-data`.
pub fn file(words: &Words, field: &Field, accept: &str) -> Markup {
    let control = html! {
        input class="input" type="file" id=(field.id()) name=(field.name) accept=(accept) required[!field.optional]
            aria-invalid=[field.invalid()] aria-describedby=[field.described()];
    };
    fields::frame(words, field, control)
}

/// Photos, at most `most`: shrunk on the device, uploaded to `url` at once; the form then carries their ids.
pub fn photos(words: &Words, field: &Field, url: &str, most: u8) -> Markup {
    html! {
        div class="field-f" data-photos data-name=(field.name) data-url=(url) data-max=(most) {
            span class="label" { (field.label) (fields::optional_mark(words, field)) }
            div class="shots shots-4" {
                label class="shot shot-add" {
                    span { (icon("camera")) span class="sr" { (words.say("photo-add")) } }
                    input class="sr" type="file" id=(field.id()) name=(field.name) accept="image/*" multiple aria-invalid=[field.invalid()] aria-describedby=[field.described()];
                }
            }
            (fields::below(field))
        }
    }
}

/// A photo in its small size with the time on it; opens the large one.
pub fn thumbnail(src: &str, href: &str, alt: &str, taken: &str) -> Markup {
    html! {
        figure class="shot w-112" {
            a href=(href) { img src=(src) alt=(alt) width="112" height="112" loading="lazy" decoding="async"; }
            figcaption { (taken) }
        }
    }
}

/// Signed with a finger or a pen; sent as a picture in the field's name. Without scripts a name is typed instead.
pub fn signature(words: &Words, field: &Field) -> Markup {
    html! {
        div class="field-f" data-signature {
            span class="label" { (field.label) (fields::optional_mark(words, field)) }
            canvas class="sign" width="600" height="200" role="img" aria-label=(field.label) {}
            input type="hidden" name=(field.name) value="";
            p class="row mt-2" { button type="button" class="btn btn-sm" data-sign-clear { (words.say("sign-again")) } }
            noscript { (fields::text(words, &Field::new(field.name, words.say("sign-typed")))) }
            (fields::below(field))
        }
    }
}
