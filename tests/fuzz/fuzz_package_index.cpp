// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Pages of a package index. In any page, the file is found or reported as missing.
#include "core/setup/package_index.h"
#include "core/support/error.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace headroom;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string html(reinterpret_cast<const char*>(data), size);
    try {
        const IndexedFile found = findIndexedFile(html, "https://index.example/simple/torch/", "w.whl");
        constexpr std::size_t digits = 64;
        if (found.sha256.size() > digits)
            std::abort();
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::Failure || error.message().empty())
            std::abort();
    }
    return 0;
}
