// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/file_descriptor.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace headroom::test {

/// An HTTP server on this machine with files in memory, for tests of downloads. It can break off connections.
class FileServer {
public:
    FileServer() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        setenv("no_proxy", "127.0.0.1", /*replace=*/1);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_.get(), generic, size) != 0 || ::listen(listener_.get(), 16) != 0 ||
            ::getsockname(listener_.get(), generic, &size) != 0)
            throw std::runtime_error("there is no port for the server");
        port_ = ntohs(address.sin_port);
        thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
    }

    std::string address(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }

    void put(const std::string& path, const std::string& content) {
        const std::lock_guard lock(mutex_);
        files_[path] = content;
    }
    /// The next answers end after so many bytes of the file, one entry each.
    void breakOffAfter(std::vector<std::size_t> bytes) {
        const std::lock_guard lock(mutex_);
        breaks_ = std::move(bytes);
    }
    /// Whether the server sends a part of a file if it is asked for one.
    void sendParts(bool parts) {
        const std::lock_guard lock(mutex_);
        parts_ = parts;
    }
    /// Path and first byte of all requests, such as "/file 0".
    std::vector<std::string> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

private:
    void serve(const std::stop_token& stop) {
        constexpr int interval = 20; // ms
        while (!stop.stop_requested()) {
            pollfd ready{listener_.get(), POLLIN, 0};
            if (::poll(&ready, 1, interval) <= 0)
                continue;
            const FileDescriptor client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (client.isOpen())
                answer(client.get());
        }
    }

    void answer(int client) {
        std::string request;
        std::vector<char> block(4096);
        while (request.find("\r\n\r\n") == std::string::npos) {
            const ssize_t count = ::read(client, block.data(), block.size());
            if (count <= 0)
                return;
            request.append(block.data(), static_cast<std::size_t>(count));
        }
        const std::string reply = replyTo(request);
        std::size_t sent = 0;
        while (sent < reply.size()) {
            const ssize_t count = ::send(client, reply.data() + sent, reply.size() - sent, MSG_NOSIGNAL);
            if (count <= 0)
                return;
            sent += static_cast<std::size_t>(count);
        }
    }

    std::string replyTo(const std::string& request) {
        const std::lock_guard lock(mutex_);
        const std::string path = request.substr(4, request.find(' ', 4) - 4); // after "GET "
        const std::string range = "Range: bytes=";
        const std::size_t at = request.find(range);
        const std::size_t asked =
            at == std::string::npos ? 0 : std::stoull(request.substr(at + range.size()));
        requests_.push_back(path + ' ' + std::to_string(asked));
        const auto file = files_.find(path);
        if (file == files_.end())
            return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        const std::size_t from = parts_ ? asked : 0;
        const std::size_t size = file->second.size();
        std::string head = "HTTP/1.1 200 OK\r\n";
        if (from > 0)
            head = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + std::to_string(from) + '-' +
                   std::to_string(size - 1) + '/' + std::to_string(size) + "\r\n";
        std::string body = file->second.substr(from);
        head += "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n";
        if (!breaks_.empty()) {
            body = body.substr(0, breaks_.front());
            breaks_.erase(breaks_.begin());
        }
        return head + body;
    }

    FileDescriptor listener_;
    int port_ = 0;
    mutable std::mutex mutex_;
    std::map<std::string, std::string> files_;
    std::vector<std::size_t> breaks_;
    std::vector<std::string> requests_;
    bool parts_ = true;
    std::jthread thread_;
};

} // namespace headroom::test
