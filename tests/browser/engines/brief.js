// The files of tests/browser that a run of everything runs in Firefox and WebKit, too: what engines
// are known to differ in. All of them run when the suite is named.

export const BRIEF = ["core_golden", "embed"];
