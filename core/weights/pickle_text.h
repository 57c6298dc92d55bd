// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace headroom {

/// Composes a pickle of protocol 2 from its instructions.
class PickleText {
public:
    static constexpr const char* start = "\x80\x02";
    static constexpr const char* emptyDict = "}";
    static constexpr const char* emptyList = "]";
    static constexpr const char* emptyOrderedDict = "ccollections\nOrderedDict\n)R";
    static constexpr const char* mark = "(";
    static constexpr const char* toTuple = "t";
    static constexpr const char* setItems = "u";
    static constexpr const char* append = "e"; ///< everything since the mark
    static constexpr const char* persistentId = "Q";
    static constexpr const char* call = "R";
    static constexpr const char* trueValue = "\x88";
    static constexpr const char* falseValue = "\x89";
    static constexpr const char* stop = ".";

    PickleText& operator<<(std::string_view instruction) {
        bytes_ += instruction;
        return *this;
    }
    PickleText& function(std::string_view module, std::string_view name) {
        ((((bytes_ += 'c') += module) += '\n') += name) += '\n';
        return *this;
    }
    PickleText& text(std::string_view text) {
        bytes_ += 'X';
        little(text.size(), 4);
        bytes_ += text;
        return *this;
    }
    PickleText& integer(std::int64_t number) {
        const bool isShort = std::in_range<std::int32_t>(number);
        bytes_ += isShort ? "J" : "\x8a\x08"; // a signed number of four or eight bytes
        little(static_cast<std::uint64_t>(number), isShort ? 4 : 8);
        return *this;
    }
    /// A tuple.
    PickleText& integers(std::span<const std::int64_t> numbers) {
        *this << mark;
        for (const std::int64_t number : numbers)
            integer(number);
        return *this << toTuple;
    }
    /// Stores the value on top of the stack under a number, for recall().
    PickleText& memoize(std::uint32_t index) {
        bytes_ += 'r';
        little(index, 4);
        return *this;
    }
    PickleText& recall(std::uint32_t index) {
        bytes_ += 'j';
        little(index, 4);
        return *this;
    }
    std::string take() { return std::move(bytes_); }

private:
    void little(std::uint64_t number, int bytes) {
        for (int i = 0; i < bytes; ++i)
            bytes_ += static_cast<char>(number >> (8 * i) & 0xff);
    }

    std::string bytes_;
};

} // namespace headroom
