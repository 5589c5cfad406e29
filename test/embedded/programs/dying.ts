// Stands for a program that cannot run.
console.error('the reason it gives');
process.exit(3);
