#pragma once

#include <optional>
#include <string_view>

namespace headroom {

struct ByteAmount {
    double bytes = 0;     ///< 0 or more, finite
    bool hasUnit = false; ///< a number alone is bytes, which hardly anybody means
};

/// An amount of memory as people write it: "7.5GiB", "8 GB", "8192MiB", "7,5 G", or plain bytes. Units with
/// an i, and single letters, are powers of 1024; KB, MB, GB and TB are powers of 1000. Nothing for anything
/// else, and for a comma before three digits, which could mean thousands.
std::optional<ByteAmount> parseBytes(std::string_view text);

} // namespace headroom
