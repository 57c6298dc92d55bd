// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/size_option.h"

#include "core/config/scalar_text.h"
#include "core/support/bytes.h"
#include "core/support/error.h"
#include "core/support/parse_bytes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <vector>

namespace headroom::app {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& where) {
    throw Error(ErrorKind::Input, what, where, "Write it as 7.5GiB or 8192MiB.");
}

std::int64_t readSize(const std::string& text, const SizeRange& range, const std::string& where) {
    const auto amount = parseBytes(text);
    if (!amount)
        refuse(excerpt(text) + " is not an amount of memory", where);
    if (amount->bytes > static_cast<double>(range.max))
        refuse(excerpt(text) + " is more memory than any machine has", where);
    const auto bytes = std::llround(amount->bytes);
    constexpr std::int64_t mebibyte = 1 << 20;
    if (!amount->hasUnit && bytes > 0 && bytes < mebibyte)
        refuse(fmt::format("{} without a unit is {} bytes", excerpt(text), bytes), where);
    if (bytes < range.min)
        refuse(fmt::format("{} is {}, but at least {} are needed", excerpt(text),
                           formatBytes(static_cast<std::uint64_t>(bytes)),
                           formatBytes(static_cast<std::uint64_t>(range.min))),
               where);
    return bytes;
}

} // namespace

CLI::Option* addSizeOption(CLI::App& command, const std::string& name, std::int64_t& bytes,
                           const std::string& description, const SizeRange& range) {
    const auto take = [&bytes, range, name](const std::vector<std::string>& words) {
        bytes = readSize(fmt::format("{}", fmt::join(words, " ")), range, name);
    };
    return command.add_option_function<std::vector<std::string>>(name, take, description)
        ->expected(1, 2)
        ->type_name("SIZE");
}

} // namespace headroom::app
