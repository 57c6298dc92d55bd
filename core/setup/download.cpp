// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/download.h"

#include "core/support/error.h"
#include "core/support/regular_file.h"
#include "core/support/system_error.h"
#include "core/support/version.h"

#include <array>
#include <cerrno>
#include <curl/curl.h>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

namespace headroom {
namespace {

/// Takes the next bytes; false ends the transfer.
using Sink = std::function<bool(const char* bytes, std::size_t count)>;

/// One HTTP request with libcurl.
class Transfer {
public:
    Transfer(const std::string& url, Sink sink, std::stop_token stop)
        : url_(url), sink_(std::move(sink)), stop_(std::move(stop)) {
        static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
        handle_.reset(started == CURLE_OK ? curl_easy_init() : nullptr);
        if (!handle_)
            throw Error(ErrorKind::Failure, "libcurl cannot be used");
        constexpr long connectSeconds = 30;
        constexpr long stalledSeconds = 60; // with less than a byte per second
        constexpr long redirects = 10;
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_USERAGENT, (std::string("headroom/") + version()).c_str());
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_REDIR_PROTOCOLS_STR, url.starts_with("https:") ? "https" : "http,https");
        set(CURLOPT_FOLLOWLOCATION, 1L);
        set(CURLOPT_MAXREDIRS, redirects);
        set(CURLOPT_FAILONERROR, 1L);
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_CONNECTTIMEOUT, connectSeconds);
        set(CURLOPT_LOW_SPEED_LIMIT, 1L);
        set(CURLOPT_LOW_SPEED_TIME, stalledSeconds);
        set(CURLOPT_ERRORBUFFER, message_.data());
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_WRITEFUNCTION, &Transfer::write);
        set(CURLOPT_XFERINFODATA, this);
        set(CURLOPT_XFERINFOFUNCTION, &Transfer::poll);
        set(CURLOPT_NOPROGRESS, 0L);
    }

    /// Requests the bytes from this one on.
    CURLcode run(std::int64_t from = 0) {
        message_[0] = '\0';
        set(CURLOPT_RESUME_FROM_LARGE, static_cast<curl_off_t>(from));
        return curl_easy_perform(handle_.get());
    }

    Error failure(CURLcode code) const {
        const std::string reason = message_[0] == '\0' ? curl_easy_strerror(code) : message_.data();
        return {ErrorKind::Failure, "the download failed: " + reason, url_,
                "Check the connection, then run the command again: it continues where it was interrupted. "
                "For a mirror, use "
                "--index or PIP_INDEX_URL; for a proxy, https_proxy."};
    }

private:
    template <class Value>
    void set(CURLoption option, Value value) {
        if (const CURLcode code = curl_easy_setopt(handle_.get(), option, value); code != CURLE_OK)
            throw failure(code);
    }

    static std::size_t write(const char* bytes, std::size_t /*one*/, std::size_t count, void* self) {
        return static_cast<Transfer*>(self)->sink_(bytes, count) ? count : 0;
    }
    static int poll(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        return static_cast<Transfer*>(self)->stop_.stop_requested() ? 1 : 0;
    }

    std::string url_;
    Sink sink_;
    std::stop_token stop_;
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle_{nullptr, curl_easy_cleanup};
    std::array<char, CURL_ERROR_SIZE> message_ = {};
};

/// A file that a transfer appends to.
class GrowingFile {
public:
    explicit GrowingFile(const std::filesystem::path& path)
        : path_(path), file_(openRegularFile(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW,
                                             "cannot write the download")),
          size_(::lseek(file_.get(), 0, SEEK_END)) {}

    std::int64_t size() const { return size_; }

    /// False after an error, which is errno.
    bool append(const char* bytes, std::size_t count) {
        while (count > 0) {
            const ssize_t written = ::write(file_.get(), bytes, count);
            if (written < 0 && errno != EINTR)
                return false;
            if (written <= 0)
                continue;
            bytes += written;
            count -= static_cast<std::size_t>(written);
            size_ += written;
        }
        return true;
    }

    void clear() {
        if (::ftruncate(file_.get(), 0) != 0)
            throw systemError("cannot write the download", path_, errno);
        size_ = 0;
    }

private:
    std::filesystem::path path_;
    FileDescriptor file_;
    std::int64_t size_;
};

bool meansInterrupted(CURLcode code) {
    return code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR || code == CURLE_OPERATION_TIMEDOUT ||
           code == CURLE_GOT_NOTHING || code == CURLE_HTTP2_STREAM || code == CURLE_HTTP2;
}

} // namespace

std::optional<std::string> downloadText(const std::string& url, const std::stop_token& stop) {
    constexpr std::size_t most = std::size_t{64} << 20;
    std::string text;
    Transfer transfer(
        url,
        [&](const char* bytes, std::size_t count) {
            text.append(bytes, count);
            return text.size() <= most;
        },
        stop);
    const CURLcode code = transfer.run();
    if (stop.stop_requested())
        return std::nullopt;
    if (code != CURLE_OK)
        throw transfer.failure(code);
    return text;
}

bool downloadFile(const std::string& url, const std::filesystem::path& path, std::int64_t bytes,
                  const DownloadProgress& progress, const std::stop_token& stop) {
    GrowingFile file(path);
    if (file.size() > bytes)
        file.clear();
    int writeError = 0;
    bool tooLarge = false;
    Transfer transfer(
        url,
        [&](const char* data, std::size_t count) {
            tooLarge = file.size() + static_cast<std::int64_t>(count) > bytes;
            if (tooLarge)
                return false;
            if (!file.append(data, count))
                writeError = errno;
            progress(file.size());
            return writeError == 0;
        },
        stop);
    while (file.size() < bytes) {
        const std::int64_t before = file.size();
        const CURLcode code = transfer.run(before);
        if (stop.stop_requested())
            return false;
        if (writeError != 0)
            throw systemError("cannot write the download", path, writeError);
        if (tooLarge)
            throw Error(ErrorKind::Failure, "the server sends a larger file than expected", url,
                        "Use another package index: --index, or the variable PIP_INDEX_URL.");
        if (code == CURLE_RANGE_ERROR && before > 0)
            file.clear(); // the server can only send the whole
        else if (code != CURLE_OK && !(meansInterrupted(code) && file.size() > before))
            throw transfer.failure(code);
        else if (code == CURLE_OK && file.size() < bytes)
            throw Error(ErrorKind::Failure, "the server sends a smaller file than expected", url,
                        "Use another package index: --index, or the variable PIP_INDEX_URL.");
    }
    progress(file.size());
    return true;
}

} // namespace headroom
