// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/cards/cards.h"
#include "core/config/config_file.h"
#include "tests/oracle/fake_card.h"

#include <QProcess>
#include <QTemporaryDir>

#include <cstdint>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <vector>

namespace headroom::test {

/// More memory than any step needs, in bytes.
constexpr std::int64_t plenty = std::int64_t{2} << 40;

/// Peaks of training steps in bytes.
struct Peaks {
    std::int64_t allocated = 0;
    std::int64_t reserved = 0;
    bool operator==(const Peaks&) const = default;
};

/// A common card of each architecture that the wheel has kernels for.
inline std::vector<Card> cardsOfEachArchitecture() {
    std::vector<Card> list;
    for (const char* name : {"RTX 3060", "RTX 4090", "H100 80 GB", "RTX 5090"})
        list.push_back(findCard(name).value());
    return list;
}

/// Runs training steps with LibTorch's real CUDA code on a fake card.
class Oracle {
public:
    /// Trains in a separate process.
    /// @param capacity bytes of the card available to the allocator
    /// @param updates of the optimizer; with plenty of memory, the second is like all later ones
    /// @param ranks of the run; the process is one of them
    /// @return absent if it ran out of memory
    /// @throws std::runtime_error if anything else failed
    std::optional<Peaks> run(const RunConfig& config, const Card& card, std::int64_t capacity = plenty,
                             const AllocatorSettings& settings = {}, int updates = 2, int ranks = 1) const {
        return start(config, card, capacity, settings, {QString::number(updates), QString::number(ranks)});
    }

    /// What is left on the card while a run is paused after two updates.
    Peaks paused(const RunConfig& config, const Card& card, const AllocatorSettings& settings) const {
        return start(config, card, plenty, settings, {"2", "1", "pause"}).value();
    }

private:
    std::optional<Peaks> start(const RunConfig& config, const Card& card, std::int64_t capacity,
                               const AllocatorSettings& settings, const QStringList& arguments) const {
        const QString file = folder_.filePath("config.yaml");
        std::ofstream(file.toStdString()) << dumpConfig(config);
        QProcessEnvironment environment = fakeCard(card, capacity);
        if (settings.expandableSegments)
            environment.insert("PYTORCH_CUDA_ALLOC_CONF", "expandable_segments:True");
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(ORACLE_STEP, QStringList{file} + arguments);
        constexpr int timeout = 300'000; // ms; only a hanging program takes as long
        if (!process.waitForFinished(timeout))
            process.kill();
        const QByteArray output = process.readAllStandardOutput();
        const QList<QByteArray> numbers = output.trimmed().split(' ');
        if (numbers.size() == 2)
            return Peaks{numbers[0].toLongLong(), numbers[1].toLongLong()};
        if (output.contains("out of memory"))
            return std::nullopt;
        throw std::runtime_error((output + process.readAllStandardError()).toStdString());
    }

    QTemporaryDir folder_;
};

} // namespace headroom::test
