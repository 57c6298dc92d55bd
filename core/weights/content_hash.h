// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <string>

struct XXH3_state_s;

namespace headroom {

/// Streaming XXH3 (64 bit). Detects accidental changes, but does not protect against an attacker.
class ContentHash {
public:
    ContentHash();
    void add(const void* bytes, std::uint64_t count);
    void add(const std::string& text) { add(text.data(), text.size()); }
    /// The hash as 16 hexadecimal digits.
    std::string value() const;

private:
    struct Free {
        void operator()(XXH3_state_s* state) const;
    };
    std::unique_ptr<XXH3_state_s, Free> state_;
};

/// Returns the hash of a file, as `xxhsum -H3` prints it. Throws Error like InputFile.
std::string hashOfFile(const std::string& path);

} // namespace headroom
