// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/file_format.h"

#include "core/support/error.h"
#include "core/weights/input_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace headroom {
namespace {

using namespace std::string_view_literals;

constexpr const char* unpack = "Unpack it first.";
constexpr const char* otherFormat = "Get the model as .safetensors, .ckpt or .pt.";
constexpr const char* notASong =
    "Choose the weights of a model (.safetensors, .ckpt or .pt). Songs to separate are given without an "
    "option.";
constexpr const char* notAPicture = "Choose the weights of a model (.safetensors, .ckpt or .pt).";
constexpr const char* saveAgain =
    "Load it with a current PyTorch and save it again: torch.save(torch.load(\"FILE\"), \"NEW.pt\"). Loading "
    "runs code from the file, so only load files that you trust.";

/// An unsupported format and its magic bytes. If one magic is a prefix of another, the longer one comes
/// first.
struct UnsupportedFormat {
    std::string_view start;
    const char* what;
    const char* remedy;
    std::string_view type = {}; ///< bytes from the eighth on, for containers of several formats
};
constexpr std::array<UnsupportedFormat, 37> unsupportedFormats = {{
    {"version https://git-lfs"sv, "this is a Git LFS pointer, not the weights that it points to",
     "Fetch the file itself, for instance with `git lfs pull`."},
    {"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"sv,
     "this is a legacy checkpoint of torch.save from before PyTorch 1.6", saveAgain},
    {"\x1f\x8b"sv, "this file is compressed with gzip", unpack},
    {"\x28\xb5\x2f\xfd"sv, "this file is compressed with Zstandard", unpack},
    {"BZh"sv, "this file is compressed with bzip2", unpack},
    {"\xfd\x37zXZ"sv, "this file is compressed with xz", unpack},
    {"7z\xbc\xaf"sv, "this is a 7-Zip archive", unpack},
    {"Rar!"sv, "this is a RAR archive", unpack},
    {"GGUF"sv, "this is a GGUF file, a format for quantized language models", otherFormat},
    {"\x89HDF"sv, "this is an HDF5 file, a format of Keras", otherFormat},
    {"\x93NUMPY"sv, "this is a NumPy array", otherFormat},
    {"%PDF"sv, "this is a PDF document", "Choose a weights file."},
    {"RIFF"sv, "this is an audio file (WAV)", notASong, "WAVE"sv},
    {"RIFF"sv, "this is a picture (WebP)", notAPicture, "WEBP"sv},
    {"RIFF"sv, "this is a video (AVI)", notASong, "AVI "sv},
    {"RIFX"sv, "this is an audio file (WAV)", notASong, "WAVE"sv},
    {"RF64"sv, "this is an audio file (RF64)", notASong},
    {"BW64"sv, "this is an audio file (BW64)", notASong},
    {"riff\x2e\x91\xcf\x11"sv, "this is an audio file (Wave64)", notASong},
    {"fLaC"sv, "this is an audio file (FLAC)", notASong},
    {"OggS"sv, "this is an audio file (Ogg)", notASong},
    {"FORM"sv, "this is an audio file (AIFF)", notASong, "AIFF"sv},
    {"FORM"sv, "this is an audio file (AIFF)", notASong, "AIFC"sv},
    {".snd"sv, "this is an audio file (AU)", notASong},
    {"caff"sv, "this is an audio file (CAF)", notASong},
    {"ID3"sv, "this is an audio file (MP3, or another one with an ID3 tag)", notASong},
    {"\xff\xf1"sv, "this is an audio file (AAC)", notASong},
    {"\xff\xf9"sv, "this is an audio file (AAC)", notASong},
    {"wvpk"sv, "this is an audio file (WavPack)", notASong},
    {"MAC "sv, "this is an audio file (Monkey's Audio)", notASong},
    {"\x30\x26\xb2\x75\x8e\x66\xcf\x11"sv, "this is an audio file or a video (WMA, WMV)", notASong},
    {"\x1a\x45\xdf\xa3"sv, "this is an audio file or a video (Matroska, WebM)", notASong},
    {"\x89PNG"sv, "this is a picture (PNG)", notAPicture},
    {"\xff\xd8\xff"sv, "this is a picture (JPEG)", notAPicture},
    {"GIF8"sv, "this is a picture (GIF)", notAPicture},
    {"II*\0"sv, "this is a picture (TIFF)", notAPicture},
    {"MM\0*"sv, "this is a picture (TIFF)", notAPicture},
}};

constexpr std::size_t typeOffset = 8;  ///< of UnsupportedFormat::type
constexpr std::size_t brandOffset = 4; ///< of the magic of an MP4

/// Enough for the magic of a tar archive, which ends at byte 262.
constexpr std::uint64_t magicBytes = 262;

std::string firstBytes(const std::string& path) {
    InputFile file(path);
    std::string bytes(std::min(file.size(), magicBytes), '\0');
    file.read(bytes.data(), bytes.size());
    return bytes;
}

/// The text after a byte order mark and white space.
std::string_view firstText(std::string_view start) {
    return start.substr(std::min(start.find_first_not_of("\xef\xbb\xbf \t\r\n"), start.size()));
}

bool isWebPage(std::string_view start) {
    std::string text(firstText(start));
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::ranges::any_of(
        std::array{"<!doctype"sv, "<html"sv, "<?xml"sv, "<head"sv, "<body"sv, "<!--"sv},
        [&](std::string_view tag) { return text.starts_with(tag); });
}

/// Whether there are no control characters and no bytes that are invalid in UTF-8.
bool isText(std::string_view start) {
    return std::ranges::all_of(start, [](unsigned char c) {
        const bool isPrintable = c >= 0x20 && c != 0x7f && c != 0xc0 && c != 0xc1 && c < 0xf5;
        return isPrintable || c == '\t' || c == '\r' || c == '\n';
    });
}

/// A protocol buffer whose first field is the ONNX version and whose second field is the producer's name.
bool isOnnx(std::string_view start) {
    return start.size() > 2 && start[0] == 8 && start[1] >= 3 && start[1] <= 20 && start[2] == 0x12;
}

/// A pickle of protocol 2 to 5 without a zip file around it.
bool isPickle(std::string_view start) {
    return start.size() >= 2 && start[0] == '\x80' && start[1] >= 2 && start[1] <= 5;
}

/// MPEG audio, layer II or III, without a tag: the header of a frame. Layer I is left out, because text in
/// UTF-16 can begin with the same bytes.
bool isMpegAudio(std::string_view start) {
    if (start.size() < 3 || start[0] != '\xff')
        return false;
    const auto second = static_cast<unsigned char>(start[1]);
    const auto third = static_cast<unsigned char>(start[2]);
    const int version = second >> 3 & 3; // 1 is not defined
    const int layer = second >> 1 & 3;   // 1: III, 2: II
    const int bitrate = third >> 4;      // 15 is not allowed
    const int sampleRate = third >> 2 & 3;
    return second >> 5 == 7 && version != 1 && (layer == 1 || layer == 2) && bitrate != 15 && sampleRate != 3;
}

/// Eight bytes of length, whose upper bytes are zero in any valid header, followed by a JSON object. Must be
/// checked first because the length can have the same bytes as another format's magic.
bool isSafetensors(std::string_view start) {
    constexpr std::size_t lengthBytes = 8;
    return start.size() > lengthBytes && start[lengthBytes] == '{' && start.substr(5, 3) == "\0\0\0"sv;
}

[[noreturn]] void reject(const std::string& path, const char* what, const char* remedy) {
    throw Error(ErrorKind::Input, what, path, remedy);
}

/// Throws if the file has a known, unsupported format.
void rejectUnsupported(const std::string& path, std::string_view start) {
    if (start.empty())
        reject(path, "the file is empty", "Download or copy it again.");
    for (const UnsupportedFormat& format : unsupportedFormats) {
        if (start.starts_with(format.start) &&
            start.substr(std::min(typeOffset, start.size())).starts_with(format.type))
            reject(path, format.what, format.remedy);
    }
    if (isMpegAudio(start))
        reject(path, "this is an audio file (MP3)", notASong);
    if (start.substr(std::min(brandOffset, start.size())).starts_with("ftyp"))
        reject(path, "this is an audio file or a video (MP4, M4A)", notASong);
    if (start.size() == magicBytes && start.ends_with("ustar"))
        reject(path, "this is a tar archive",
               "Unpack it first. If PyTorch wrote it, its version was older than 0.2.");
    if (isOnnx(start))
        reject(path, "this is an ONNX model", otherFormat);
    if (isPickle(start))
        reject(path, "this is a bare pickle, which torch.save does not write", saveAgain);
    if (isWebPage(start))
        reject(path, "this is a web page, not a weights file",
               "Download the file itself. The link led to a page about it or to an error message.");
    if (firstText(start).starts_with('{') || firstText(start).starts_with('['))
        reject(path, "this is a JSON file, not a weights file",
               "It may be an index or a configuration. Choose the weights file itself.");
    if (isText(start))
        reject(path, "this is a text file, not a weights file", "Choose the weights file itself.");
}

} // namespace

WeightsFormat weightsFormat(const std::string& path) {
    const std::string start = firstBytes(path);
    if (isSafetensors(start))
        return WeightsFormat::Safetensors;
    if (start.starts_with("PK\x03\x04"))
        return WeightsFormat::TorchArchive;
    rejectUnsupported(path, start);
    return WeightsFormat::Safetensors;
}

void requireSafetensors(const std::string& path) {
    if (weightsFormat(path) == WeightsFormat::Safetensors)
        return;
    const std::string converted = std::filesystem::path(path).stem().string() + ".safetensors";
    throw Error(ErrorKind::Input, "this is a checkpoint of torch.save, not a safetensors file", path,
                "Convert it with `headroom import FILE -o " + converted + "`.");
}

} // namespace headroom
