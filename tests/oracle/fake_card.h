// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <QProcessEnvironment>

#include <cstdint>

namespace headroom::test {

/// The environment in which a program finds a fake card with these properties.
/// @param capacity bytes of device memory
inline QProcessEnvironment fakeCard(const Card& card, std::int64_t capacity) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // The name without a folder, because the loader splits paths at spaces.
    environment.insert("LD_PRELOAD", ORACLE_RUNTIME);
    environment.insert("LD_LIBRARY_PATH", ORACLE_LIBRARIES);
    environment.insert("HEADROOM_KERNEL_CHECK", "off"); // all results are 0
    environment.insert("FAKECUDA_TOTAL", QString::number(capacity));
    environment.insert("FAKECUDA_CC", QString::number(card.computeMajor * 10 + card.computeMinor));
    environment.insert("FAKECUDA_SMS", QString::number(card.multiprocessors));
    environment.insert("FAKECUDA_TPSM", QString::number(card.threadsPerMultiprocessor));
    return environment;
}

} // namespace headroom::test
