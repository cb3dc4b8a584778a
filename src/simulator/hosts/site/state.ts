/** A web site that people write posts for; a line that is nothing but an address is embedded when the post is saved. */
export interface Site {
  /** Its own address: `http://127.0.0.1:8081/hosts/site`. */
  home: string
  posts: Map<string, Post>
  /** Ports that it asks other sites at; an administrator may add some (`http_allowed_safe_ports`). */
  safe_ports: number[]
  /** Whether an administrator lets it ask hosts on private addresses (`http_request_host_is_external`). */
  private_hosts: boolean
}

export interface Post {
  slug: string
  title: string
  content: string
  /** What each address in it became; kept until the post is saved again. */
  embeds: Map<string, Embed>
}

/** Without `html` it stays a link: nothing was found there, or nothing that may be shown. */
export interface Embed {
  html: string | undefined
  reason: string | undefined
}

export const newSite = (home: string): Site => ({
  home,
  posts: new Map(),
  safe_ports: [80, 443, 8080],
  private_hosts: false,
})
