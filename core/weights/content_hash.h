#pragma once

#include <cstdint>
#include <memory>
#include <string>

struct XXH3_state_s;

namespace headroom {

/// XXH3 (64 bit) of bytes that come piece by piece: enough against accidents, no protection from an attacker.
class ContentHash {
public:
    ContentHash();
    void add(const void* bytes, std::uint64_t count);
    void add(const std::string& text) { add(text.data(), text.size()); }
    /// 16 hexadecimal digits.
    std::string value() const;

private:
    struct Free {
        void operator()(XXH3_state_s* state) const;
    };
    std::unique_ptr<XXH3_state_s, Free> state_;
};

/// The hash of a whole file, as `xxhsum -H3` prints it. Throws Error (Input) for one that cannot be read.
std::string hashOfFile(const std::string& path);

} // namespace headroom
