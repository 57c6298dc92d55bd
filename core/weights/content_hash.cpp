// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/content_hash.h"

#include "core/weights/input_file.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <vector>

namespace headroom {

ContentHash::ContentHash() : state_(XXH3_createState()) {
    XXH3_64bits_reset(state_.get());
}

void ContentHash::Free::operator()(XXH3_state_s* state) const {
    XXH3_freeState(state);
}

void ContentHash::add(const void* bytes, std::uint64_t count) {
    XXH3_64bits_update(state_.get(), bytes, count);
}

std::string ContentHash::value() const {
    return fmt::format("{:016x}", XXH3_64bits_digest(state_.get()));
}

std::string hashOfFile(const std::string& path) {
    InputFile file(path);
    std::vector<char> block(1 << 20);
    ContentHash hash;
    for (std::uint64_t remaining = file.size(); remaining > 0;) {
        const std::uint64_t count = std::min<std::uint64_t>(remaining, block.size());
        file.read(block.data(), count);
        hash.add(block.data(), count);
        remaining -= count;
    }
    return hash.value();
}

} // namespace headroom
