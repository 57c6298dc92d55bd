// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/log.h"

#include "core/support/utf8.h"

#include <array>
#include <atomic>
#include <memory>
#include <spdlog/logger.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <string>
#include <system_error>
#include <vector>

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largestFile = std::size_t{1} << 20;
constexpr std::size_t olderFiles = 2;
constexpr std::array<const char*, 7> names = {"program",  "cards",   "data",  "forecast",
                                              "training", "weights", "window"};

struct Log {
    std::vector<std::shared_ptr<spdlog::logger>> loggers; ///< by category
    fs::path file;
};

// Never destroyed: threads may still log while the program exits.
std::atomic<const Log*> current = nullptr;

spdlog::level::level_enum levelOf(LogLevel level) {
    switch (level) {
    case LogLevel::Debug:
        return spdlog::level::debug;
    case LogLevel::Info:
        return spdlog::level::info;
    case LogLevel::Warning:
        return spdlog::level::warn;
    case LogLevel::Error:
        return spdlog::level::err;
    }
    return spdlog::level::info;
}

std::shared_ptr<spdlog::sinks::sink> fileSink(const fs::path& file) {
    std::error_code ignored;
    fs::create_directories(file.parent_path(), ignored);
    const fs::file_type type = fs::status(file, ignored).type();
    if (type != fs::file_type::not_found && type != fs::file_type::regular)
        return nullptr; // to open a pipe would wait for its reader
    try {
        return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(), largestFile, olderFiles);
    } catch (const spdlog::spdlog_ex&) {
        return nullptr; // the program must run on a full disk and in a read-only home
    }
}

/// The text as it may be shown on a terminal, further lines indented.
std::string safe(std::string_view text) {
    std::string lines;
    while (!text.empty()) {
        const Utf8Character next = decodeUtf8(text);
        if (next.valid && next.code == U'\n')
            lines += "\n    ";
        else if (!next.valid || isControlCharacter(next.code))
            lines += '?';
        else
            lines += text.substr(0, next.bytes);
        text.remove_prefix(next.bytes);
    }
    return lines;
}

} // namespace

void startLog(std::string_view program, const fs::path& folder, bool verbose) {
    std::vector<std::shared_ptr<spdlog::sinks::sink>> sinks;
    auto log = std::make_unique<Log>();
    if (!folder.empty()) {
        log->file = folder / (std::string(program) + ".log");
        if (auto sink = fileSink(log->file))
            sinks.push_back(std::move(sink));
        else
            log->file.clear();
    }
    if (verbose)
        sinks.push_back(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    for (const auto& sink : sinks)
        sink->set_pattern("%Y-%m-%dT%H:%M:%S.%e %P %n %l: %v");
    for (const char* name : names) {
        auto logger = std::make_shared<spdlog::logger>(name, sinks.begin(), sinks.end());
        logger->set_level(verbose ? spdlog::level::debug : spdlog::level::info);
        logger->flush_on(spdlog::level::info);
        logger->set_error_handler(
            [](const std::string&) {}); // a disk that has become full is no reason to print
        log->loggers.push_back(std::move(logger));
    }
    current = log.release();
}

fs::path logFile() {
    const Log* log = current;
    return log == nullptr ? fs::path() : log->file;
}

void log(LogCategory category, LogLevel level, std::string_view text) {
    const Log* log = current;
    if (log == nullptr)
        return;
    try {
        log->loggers[static_cast<std::size_t>(category)]->log(levelOf(level), "{}", safe(text));
    } catch (...) { // out of memory: the message is lost
    }
}

} // namespace headroom
