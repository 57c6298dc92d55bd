#include "core/audio/riff.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <optional>
#include <string_view>

namespace headroom {
namespace {

constexpr std::uint32_t unknownSize = 0xFFFFFFFF;

std::uint64_t littleEndian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

std::uint64_t bigEndian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (char byte : bytes)
        value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

/// Bytes of samples that the header claims from `offset` on.
struct Claim {
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
};

std::optional<Claim> readClaim(std::istream& file) {
    std::array<char, 24> buffer{};
    const auto read = [&](std::uint64_t at, std::size_t count) {
        file.seekg(static_cast<std::streamoff>(at));
        file.read(buffer.data(), static_cast<std::streamsize>(count));
        return std::string_view(buffer.data(), file ? count : 0);
    };
    const std::string magic(read(0, 4));
    const bool isAiff = magic == "FORM";
    if (!isAiff && magic != "RIFF" && magic != "RF64" && magic != "BW64")
        return std::nullopt;
    const auto number = isAiff ? bigEndian : littleEndian;

    constexpr std::uint64_t firstChunk = 12;
    constexpr std::uint64_t chunkHeader = 8;
    std::optional<std::uint64_t> longSize; // of RF64's data chunk
    for (std::uint64_t at = firstChunk;;) {
        const std::string header(read(at, chunkHeader));
        if (header.size() < chunkHeader)
            return std::nullopt;
        const std::string_view id = std::string_view(header).substr(0, 4);
        const std::uint64_t size = number(std::string_view(header).substr(4));
        if (id == "data" || id == "SSND") {
            if (size == unknownSize && !longSize)
                return std::nullopt;
            return Claim{at + chunkHeader, size == unknownSize ? *longSize : size};
        }
        if (id == "ds64") {
            const std::string_view sizes = read(at + chunkHeader, 16);
            if (sizes.size() == 16)
                longSize = littleEndian(sizes.substr(8));
        }
        at += chunkHeader + size + size % 2;
    }
}

} // namespace

void checkClaimedLength(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::optional<Claim> claim = readClaim(file);
    if (!claim)
        return;
    const std::uint64_t size = std::filesystem::file_size(path);
    const std::uint64_t present = size > claim->offset ? size - claim->offset : 0;
    if (claim->bytes > present) {
        throw Error(ErrorKind::Input,
                    fmt::format("the file is cut short: its header claims {} bytes of samples, {} are there",
                                claim->bytes, present),
                    path.string(), "Copy or download it again.");
    }
}

} // namespace headroom
