#include "app/display_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace headroom::app {
namespace {

struct Range {
    char32_t first, last;
};

/// The broad blocks of Unicode's East Asian Width W and F, and the emoji.
constexpr Range wide[] = {
    {0x1100, 0x115f}, {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0x9fff},
    {0xa000, 0xa4cf}, {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
    {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1faff}, {0x20000, 0x3fffd},
};
/// Marks that join the character before them, and what is there to be unseen.
constexpr Range narrow[] = {
    {0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x5bf, 0x5bf},
    {0x5c1, 0x5c2},   {0x5c4, 0x5c5},   {0x5c7, 0x5c7},   {0x610, 0x61a},
    {0x64b, 0x65f},   {0x1ab0, 0x1aff}, {0x200b, 0x200f}, {0x202a, 0x202e},
    {0x2060, 0x2064}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
};

template <std::size_t n>
bool isIn(const Range (&ranges)[n], char32_t character) {
    return std::ranges::any_of(
        ranges, [&](Range range) { return range.first <= character && character <= range.last; });
}

struct Decoded {
    char32_t character = 0;
    std::size_t bytes = 1;
    bool valid = false;
};

/// The first character of a text that is not empty.
Decoded decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return {lead, 1, true};
    const std::size_t length = lead >= 0xf0 && lead < 0xf5   ? 4
                               : lead >= 0xe0 && lead < 0xf0 ? 3
                               : lead >= 0xc2 && lead < 0xe0 ? 2
                                                             : 0;
    if (length == 0 || text.size() < length)
        return {};
    char32_t character = lead & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80)
            return {};
        character = (character << 6U) | (byte(i) & 0x3fU);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool valid =
        character >= smallest[length] && character <= 0x10ffff && (character < 0xd800 || character > 0xdfff);
    return valid ? Decoded{character, length, true} : Decoded{};
}

bool isControl(char32_t character) {
    // Marks that turn the direction of writing could turn that of the rest of the line.
    return character < 0x20 || (character >= 0x7f && character < 0xa0) ||
           (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
}

/// The text with what a terminal would obey replaced by what `escape` makes of it; bytes that are not UTF-8
/// become '?'.
template <typename Escape>
std::string escaped(std::string_view text, const Escape& escape) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Decoded next = decode(text);
        if (!next.valid)
            result += '?';
        else if (isControl(next.character))
            result += escape(next.character);
        else
            result += text.substr(0, next.bytes);
        text.remove_prefix(next.bytes);
    }
    return result;
}

} // namespace

std::string printable(std::string_view text) {
    return escaped(text, [](char32_t) { return "?"; });
}

std::string printableLines(std::string_view text) {
    return escaped(text, [](char32_t character) { return character == '\n' ? "\n" : "?"; });
}

std::string printableJson(std::string_view json) {
    return escaped(json, [](char32_t character) {
        return character == '\n' ? "\n" : fmt::format("\\u{:04x}", static_cast<std::uint32_t>(character));
    });
}

std::string shellQuoted(std::string_view text) {
    const bool plain = printable(text) == text;
    std::string quoted = plain ? "'" : "$'";
    for (const char c : text) {
        if (c == '\'')
            quoted += plain ? "'\\''" : "\\'";
        else if (!plain && c == '\\')
            quoted += "\\\\";
        else if (!plain && (c < ' ' || c > '~'))
            quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        else
            quoted += c;
    }
    return quoted + "'";
}

std::size_t displayWidth(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const Decoded next = decode(text);
        if (!isIn(narrow, next.character))
            width += isIn(wide, next.character) ? 2 : 1;
        text.remove_prefix(next.bytes);
    }
    return width;
}

} // namespace headroom::app
