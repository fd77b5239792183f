// Everything the resident portal loads.
import "htmx.org/dist/htmx.esm.js";
import * as acts from "./acts.js";
import * as drafts from "./drafts.js";
import * as forms from "./forms.js";
import * as live from "./live.js";
import * as photos from "./photos.js";
import * as signature from "./signature.js";

for (const behaviour of [acts, drafts, forms, photos, signature, live]) behaviour.start();
