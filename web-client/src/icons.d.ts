declare module 'icon:*' {
  const inner: string;
  export default inner;
}
