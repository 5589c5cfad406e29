export const MAX_REGULATION_KIND = 50;
