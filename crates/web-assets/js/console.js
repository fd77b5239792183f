// Everything the console loads.
import "htmx.org/dist/htmx.esm.js";
import * as acts from "./acts.js";
import * as bulk from "./bulk.js";
import * as drafts from "./drafts.js";
import * as find from "./find.js";
import * as forms from "./forms.js";
import * as keys from "./keys.js";
import * as live from "./live.js";
import * as lookup from "./lookup.js";
import * as matrix from "./matrix.js";
import * as photos from "./photos.js";
import * as signature from "./signature.js";

for (const behaviour of [acts, bulk, find, keys, matrix, drafts, forms, photos, signature, lookup, live]) behaviour.start();
