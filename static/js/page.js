// What every page has. Each module does one thing to the elements that ask for it, and nothing without them.
import "./menu.js";
import "./confirm.js";
import "./once.js";
import "./errors.js";
import "./filter.js";
import "./choose.js";
import "./reveal.js";
import "./text-size.js";
import "./sign-out.js";
