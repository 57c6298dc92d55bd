#pragma once

#include "core/values/forecast.h"

#include <QProcessEnvironment>

#include <cstdint>

namespace headroom::test {

/// In this environment a program finds such a card, of this capacity in bytes, which does nothing.
inline QProcessEnvironment fakeCard(const Card& card, std::int64_t capacity) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // By its name alone: the loader takes a space in a path for the end of it.
    environment.insert("LD_PRELOAD", ORACLE_RUNTIME);
    environment.insert("LD_LIBRARY_PATH", ORACLE_LIBRARIES);
    environment.insert("FAKECUDA_TOTAL", QString::number(capacity));
    environment.insert("FAKECUDA_CC", QString::number(card.computeMajor * 10 + card.computeMinor));
    environment.insert("FAKECUDA_SMS", QString::number(card.multiprocessors));
    environment.insert("FAKECUDA_TPSM", QString::number(card.threadsPerMultiprocessor));
    return environment;
}

} // namespace headroom::test
