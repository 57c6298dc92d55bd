// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/sha256.h"

#include "core/support/regular_file.h"
#include "core/support/system_error.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <openssl/evp.h>
#include <unistd.h>
#include <vector>

namespace headroom {
namespace {

/// Only a lack of memory makes the functions of OpenSSL fail here.
void check(int result) {
    if (result != 1)
        throw OutOfMemoryError("cannot compute a SHA-256");
}

} // namespace

std::string sha256OfFile(const std::filesystem::path& file) {
    const FileDescriptor opened = openRegularFile(file, O_RDONLY, "cannot read the file");
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    check(EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr));
    constexpr std::size_t blockSize = std::size_t{1} << 20;
    std::vector<char> block(blockSize);
    ssize_t count = 0;
    while ((count = ::read(opened.get(), block.data(), block.size())) != 0) {
        if (count < 0 && errno != EINTR)
            throw systemError("cannot read the file", file, errno);
        if (count > 0)
            check(EVP_DigestUpdate(context.get(), block.data(), static_cast<std::size_t>(count)));
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
    unsigned int size = 0;
    check(EVP_DigestFinal_ex(context.get(), digest.data(), &size));
    std::string text;
    for (unsigned int i = 0; i < size; ++i)
        text += fmt::format("{:02x}", digest.at(i));
    return text;
}

} // namespace headroom
