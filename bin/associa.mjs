// Puts the TypeScript loader on, found from here and not from the caller's folder, and runs the command line.
await import('tsx');
await import('../cli.ts');
