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

/// More bytes than any step asks for.
constexpr std::int64_t plenty = std::int64_t{2} << 40;

/// Highest bytes of two updates.
struct Peaks {
    std::int64_t allocated = 0;
    std::int64_t reserved = 0;
    bool operator==(const Peaks&) const = default;
};

/// One card of each kind that the wheel has kernels for and many people have.
inline std::vector<Card> cardsOfEachKind() {
    std::vector<Card> list;
    for (const char* name : {"RTX 3060", "RTX 4090", "H100 80 GB", "RTX 5090"})
        list.push_back(findCard(name).value());
    return list;
}

/// Runs training steps by LibTorch's own CUDA code on a card that does nothing.
class Oracle {
public:
    /// Two updates, in a program of its own.
    /// @param capacity bytes that the allocator can have of the card
    /// @return nothing where they were not enough
    /// @throws std::runtime_error where anything else went wrong
    std::optional<Peaks> run(const RunConfig& config, const Card& card, std::int64_t capacity = plenty,
                             const AllocatorSettings& settings = {}) const {
        const QString file = folder_.filePath("config.yaml");
        std::ofstream(file.toStdString()) << dumpConfig(config);
        QProcessEnvironment environment = fakeCard(card, capacity);
        if (settings.expandableSegments)
            environment.insert("PYTORCH_CUDA_ALLOC_CONF", "expandable_segments:True");
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(ORACLE_STEP, {file});
        constexpr int longest = 300'000; // ms; only a program that hangs needs as much
        if (!process.waitForFinished(longest))
            process.kill();
        const QByteArray output = process.readAllStandardOutput();
        const QList<QByteArray> numbers = output.trimmed().split(' ');
        if (numbers.size() == 2)
            return Peaks{numbers[0].toLongLong(), numbers[1].toLongLong()};
        if (output.contains("out of memory"))
            return std::nullopt;
        throw std::runtime_error((output + process.readAllStandardError()).toStdString());
    }

private:
    QTemporaryDir folder_;
};

} // namespace headroom::test
