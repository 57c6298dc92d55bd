// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/inspect.h"

#include "app/command.h"
#include "app/console_table.h"
#include "app/display_text.h"
#include "app/print.h"
#include "app/progress_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace headroom::app {
namespace {

using Align = ConsoleTable::Align;

struct Arguments {
    std::vector<std::string> folders;
    std::vector<std::string> stems;
    bool files = false;
    bool json = false;
};

std::string decibels(double amplitude) {
    return amplitude > 0 ? fmt::format("{:.1f} dB", 20 * std::log10(amplitude)) : "silent";
}

std::string clock(double seconds) {
    const auto tenths = static_cast<std::int64_t>(std::llround(seconds * 10));
    return fmt::format("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10);
}

std::string counted(std::int64_t count, const std::string& noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string range(const std::vector<int>& values) {
    const auto [least, most] = std::ranges::minmax(values);
    return least == most ? std::to_string(least) : fmt::format("{}-{}", least, most);
}

std::vector<FileReport> readable(const SongReport& song) {
    std::vector<FileReport> files;
    std::ranges::copy_if(song.files, std::back_inserter(files),
                         [](const FileReport& file) { return file.unreadable.empty(); });
    return files;
}

std::string residual(const SongReport& song) {
    if (!song.residual)
        return "-";
    return *song.residual <= -200 ? "exact" : fmt::format("{:.1f} dB", *song.residual);
}

/// The problems of one song as text.
std::string findings(const DatasetReport& report, const SongReport& song) {
    std::string text;
    for (const DatasetProblem& problem : report.problems) {
        if (std::ranges::find(problem.songs, song.title()) != problem.songs.end())
            text += (text.empty() ? "" : "; ") + problem.text;
    }
    return text.empty() ? "ok" : text;
}

void addSong(ConsoleTable& table, const DatasetReport& report, const SongReport& song) {
    std::vector<std::string> row = {song.title(), "-", "-", "-", "-", "-", "-", "-"};
    const std::vector<FileReport> files = readable(song);
    if (!files.empty()) {
        std::vector<int> rates, channels;
        std::int64_t clipped = 0;
        double dc = 0;
        for (const FileReport& file : files) {
            rates.push_back(file.sampleRate);
            channels.push_back(file.channels);
            clipped += file.clippedSamples;
            dc = std::max(dc, std::abs(file.dcOffset));
        }
        const auto loudest = std::ranges::max(files, {}, &FileReport::peak);
        const auto quietest = std::ranges::max(files, {}, &FileReport::silence);
        row = {song.title(),
               clock(song.seconds()),
               range(rates),
               range(channels),
               decibels(loudest.peak),
               std::to_string(clipped),
               fmt::format("{:.0f}% {}", 100 * quietest.silence, quietest.title()),
               fmt::format("{:.4f}", dc)};
    }
    row.push_back(residual(song));
    row.push_back(findings(report, song));
    table.addRow(std::move(row));
}

void printSongs(const DatasetReport& report) {
    ConsoleTable table({{"song"},
                        {"length", Align::Right},
                        {"rate", Align::Right},
                        {"ch", Align::Right},
                        {"peak", Align::Right},
                        {"clipped", Align::Right},
                        {"most silent"},
                        {"DC", Align::Right},
                        {"mix-stems", Align::Right},
                        {"findings"}});
    for (const SongReport& song : report.songs)
        addSong(table, report, song);
    print("{}", table.text());
}

void printFiles(const DatasetReport& report) {
    ConsoleTable table({{"song"},
                        {"stem"},
                        {"length", Align::Right},
                        {"rate", Align::Right},
                        {"ch", Align::Right},
                        {"encoding"},
                        {"peak", Align::Right},
                        {"clipped", Align::Right},
                        {"silence", Align::Right},
                        {"DC", Align::Right},
                        {"note"}});
    for (const SongReport& song : report.songs) {
        for (const FileReport& file : song.files) {
            if (!file.unreadable.empty()) {
                table.addRow({song.title(), file.title(), "", "", "", "", "", "", "", "", file.unreadable});
                continue;
            }
            table.addRow({song.title(), file.title(), clock(file.seconds()), std::to_string(file.sampleRate),
                          std::to_string(file.channels), file.encoding, decibels(file.peak),
                          std::to_string(file.clippedSamples), fmt::format("{:.0f}%", 100 * file.silence),
                          fmt::format("{:.5f}", file.dcOffset), file.monoAsStereo ? "mono as stereo" : ""});
        }
    }
    print("{}", table.text());
}

void printProblems(const DatasetReport& report) {
    for (const DatasetProblem& problem : report.problems) {
        const std::string song = problem.songs.size() == 1 ? problem.songs[0] + ": " : "";
        print("{}: {}{}\n", severityName(problem.severity), printable(song), printable(problem.text));
    }
}

void inspect(const Arguments& arguments, Context& context) {
    ProgressLine progress(arguments.json);
    const auto show = [&](std::size_t done, std::size_t total) {
        progress.show(fmt::format("song {} of {} inspected", done, total));
    };
    const std::vector<std::string> more(arguments.folders.begin() + 1, arguments.folders.end());
    const auto report =
        inspectDataset(arguments.folders.front(), show, context.interrupt.token(), arguments.stems, more);
    progress.finish();
    if (!report) {
        context.exitCode = stoppedExitCode;
        return;
    }
    const std::int64_t errors = report->count(Severity::Error);
    context.exitCode = errors > 0 ? 1 : 0;
    if (arguments.json) {
        printJson(toJson(*report));
        return;
    }
    if (arguments.files)
        printFiles(*report);
    else
        printSongs(*report);
    print("\n");
    for (const DatasetLayout layout : report->layouts)
        print("layout: {}\n", layoutText(layout));
    printProblems(*report);
    print("{}, {}: {}, {}, {}\n", counted(static_cast<std::int64_t>(report->songs.size()), "song"),
          formatDuration(report->seconds()), counted(errors, "error"),
          counted(report->count(Severity::Warning), "warning"),
          counted(report->count(Severity::Note), "note"));
}

} // namespace

void addInspectCommand(CLI::App& program, Context& context) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("inspect", "Check a data set before training on it");
    command
        ->add_option("folder", arguments->folders,
                     "Data sets that are trained on together: a folder with train, test and optionally "
                     "valid, with one folder per song or per stem, "
                     "MoisesDB, or a "
                     "CSV file with the columns instrum and path")
        ->required();
    command
        ->add_option("--stems", arguments->stems,
                     "Comma-separated stems that add up to the mixture, as in data.stems; other files are "
                     "ignored")
        ->delimiter(',');
    command->add_flag("--files", arguments->files, "Print a row per file instead of a row per song");
    command->add_flag(
        "--json", arguments->json,
        "Print one JSON object: root; layouts; songs with name, split, seconds, residual_db, sums (stem, "
        "parts, "
        "whole, residual_db), unread and files (stem, track, path, rate, channels, frames, encoding, peak, "
        "clipped, bad, silence, dc, mono_as_stereo, hash, notice, or unreadable); problems with severity, "
        "kind, songs "
        "and text; summary");
    command->footer(
        "Exit code: 0 if the data set can be trained on, 1 if it has errors, 2 if there is no data set.");
    command->callback([arguments, &context] { inspect(*arguments, context); });
}

} // namespace headroom::app
