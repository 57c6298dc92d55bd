// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/byte_stream.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace headroom {

ByteStream::ByteStream(std::shared_ptr<const FileBytes> file)
    : file_(std::move(file)), header_{{}, 0, file_->size(), 1} {}

ByteStream::ByteStream(std::shared_ptr<const FileBytes> file, RewrittenHeader header)
    : file_(std::move(file)), header_(std::move(header)) {}

std::int64_t ByteStream::size() const {
    return static_cast<std::int64_t>(header_.bytes.size() + (header_.end - header_.begin));
}

std::size_t ByteStream::read(std::span<char> into) noexcept {
    try {
        if (!failure_)
            return readBytes(into);
    } catch (...) {
        failure_ = std::current_exception();
    }
    // At the end: libsndfile's parser of CAF reads chunks until then.
    position_ = static_cast<std::uint64_t>(size());
    return 0;
}

std::size_t ByteStream::readBytes(std::span<char> into) {
    const auto left = static_cast<std::uint64_t>(std::max<std::int64_t>(0, size() - position()));
    into = into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), left)));
    std::size_t done = 0;
    if (position_ < header_.bytes.size()) {
        done = std::min(into.size(), header_.bytes.size() - static_cast<std::size_t>(position_));
        std::copy_n(header_.bytes.begin() + static_cast<std::ptrdiff_t>(position_), done, into.begin());
    }
    if (done < into.size())
        done += file_->read(header_.begin + (position_ + done - header_.bytes.size()), into.subspan(done));
    position_ += done;
    return done;
}

std::int64_t ByteStream::seek(std::int64_t offset, int whence) noexcept {
    const std::int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? position() : size();
    if (base + offset < 0)
        return -1;
    position_ = static_cast<std::uint64_t>(base + offset);
    return position();
}

void ByteStream::rethrowFailure() const {
    if (failure_)
        std::rethrow_exception(failure_);
}

} // namespace headroom
