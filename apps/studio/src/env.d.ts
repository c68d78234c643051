/** Of the program that the studio is built into. */
declare const __LOOPNEST_VERSION__: string;
