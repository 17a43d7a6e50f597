// The server's TLS: versions 1.2 and 1.3 with authenticated ciphers alone. The one owner of OpenSSL
// beside tokens and passwords.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "protocol/error.hpp"

namespace hallway {

/// Reads a PEM chain and its key. The error names the file that failed and why. Shared by all
/// connections; any thread may use it once it is made.
Result<std::unique_ptr<boost::asio::ssl::context>> make_tls_context(const std::string& chain_file,
                                                                    const std::string& key_file);

}  // namespace hallway
