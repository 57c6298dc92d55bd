// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/allocator_settings.h"
#include "tests/support/strict_main.h"

#include <c10/core/AllocatorConfig.h>

using namespace headroom;
using LibTorchSettings = c10::CachingAllocator::AcceleratorAllocatorConfig;

namespace {

constexpr std::int64_t mib = std::int64_t{1} << 20;
const Card usual = {.name = "usual", .computeMajor = 8};
const Card old = {.name = "old driver", .computeMajor = 8, .mapsMemory = false};

} // namespace

/// The environment of this test has max_split_size_mb:64, and nothing about expandable segments.
class TestAllocatorSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followTheDriverAndTheEnvironment() {
        QVERIFY((allocatorSettings(usual) == AllocatorSettings{true, 64 * mib}));
        QVERIFY((allocatorSettings(old) == AllocatorSettings{false, 64 * mib}));
    }

    void areAppliedToLibTorch() {
        for (const Card& card : {old, usual, usual, old}) {
            applyAllocatorSettings(card);
            QCOMPARE(LibTorchSettings::use_expandable_segments(), card.mapsMemory);
            QCOMPARE(static_cast<std::int64_t>(LibTorchSettings::max_split_size()), 64 * mib);
            QVERIFY((allocatorSettings(usual) == AllocatorSettings{true, 64 * mib}));
        }
    }
};

HEADROOM_TEST_MAIN(TestAllocatorSettings)
#include "tst_allocator_settings.moc"
