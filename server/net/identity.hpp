// What signing in needs beside the registry, one for all shards: the thread for passphrases and how
// often they may be tried; visits to providers under way; and what is known of other sites.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "protocol/limits.hpp"
#include "server/fetch.hpp"
#include "server/net/attempt_limit.hpp"
#include "server/net/oidc.hpp"
#include "server/net/once.hpp"
#include "server/passphrase_pool.hpp"

namespace hallway {

/// Any thread may call all of it.
struct Identity {
  explicit Identity(const SsoSettings& sso) {
    for (const OidcProvider& provider : sso.oidc) memories_[provider.id];
    if (!sso.oidc.empty()) {
      constexpr std::size_t threads = 2;
      fetcher_ = std::make_unique<Fetcher>(threads, limits::fetches_waiting_max);
    }
  }

  AttemptLimit attempts;
  PassphrasePool passphrases{limits::passphrases_waiting_max};
  OnceTable<OidcVisit> visits{limits::sso_states_max};
  JoinLimit visits_limit{limits::sso_visits_per_s, limits::sso_visits_burst};

  /// Only where there is a provider.
  Fetcher& fetcher() { return *fetcher_; }
  OidcMemory& memory_of(const std::string& provider) { return memories_.at(provider); }

 private:
  std::map<std::string, OidcMemory> memories_;
  std::unique_ptr<Fetcher> fetcher_;
};

}  // namespace hallway
