// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_header.h"
#include "core/audio/file_bytes.h"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <span>

namespace headroom {

/// The bytes that a decoding library reads through callbacks: a replacement header, if any, followed by the
/// file. One thread at a time.
///
/// Exceptions must not pass through the library, and the library would take a failed read for damage. The
/// stream therefore ends at a failed read and keeps its error for rethrowFailure().
class ByteStream {
public:
    /// The file as it is.
    explicit ByteStream(std::shared_ptr<const FileBytes> file);
    ByteStream(std::shared_ptr<const FileBytes> file, RewrittenHeader header);

    const FileBytes& file() const { return *file_; }
    const RewrittenHeader& header() const { return header_; }
    std::int64_t size() const;
    std::int64_t position() const { return static_cast<std::int64_t>(position_); }

    /// Returns the number of bytes read: fewer at the end, 0 if a read has failed.
    std::size_t read(std::span<char> into) noexcept;
    /// Arguments and result of lseek(2).
    std::int64_t seek(std::int64_t offset, int whence) noexcept;

    /// Throws the error of the read that failed, if any. Call it after every call of the library that may
    /// read, before looking at the result.
    void rethrowFailure() const;

private:
    std::size_t readBytes(std::span<char> into);

    std::shared_ptr<const FileBytes> file_;
    RewrittenHeader header_;
    std::uint64_t position_ = 0;
    std::exception_ptr failure_;
};

} // namespace headroom
