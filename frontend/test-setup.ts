import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);

// jsdom lays nothing out and so cannot scroll.
Element.prototype.scrollTo = () => undefined;
Element.prototype.scrollBy = () => undefined;
