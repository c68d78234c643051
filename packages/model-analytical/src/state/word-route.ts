/** What a word passes on its way from a level to all its receivers inside, on average over the words. */
export interface WordRoute {
  readonly hops: number;
  readonly routers: number;
}
