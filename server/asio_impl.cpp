// The bodies of Asio and Beast, compiled here once: everyone else includes declarations alone.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
