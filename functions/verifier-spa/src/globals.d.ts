/** Where the functions are, if the build was told; else empty. */
declare const __FUNCTIONS__: string;
/** Whether this is a demonstration, which believes a simulated root. */
declare const __SIMULATED__: boolean;
