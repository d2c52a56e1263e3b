export function table() {
  return undefined;
}

export function tableNames() {
  return [];
}
