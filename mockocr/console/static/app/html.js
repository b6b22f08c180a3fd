/** The tag that turns templates into elements of Preact. */
import { h } from "preact";
import htm from "htm";

export const html = htm.bind(h);
