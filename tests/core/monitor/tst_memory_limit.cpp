// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/monitor/memory_limit.h"
#include "tests/support/strict_main.h"

#include <dlfcn.h>

using namespace headroom;

/// tests/oracle limits runs on fake cards.
class TestMemoryLimit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void needsACard() {
        QVERIFY(!MemoryLimit(c10::kCPU, 0).problem());
        const MemoryLimit limit(c10::kCPU, 1);
        QCOMPARE(limit.problem().value(), std::string("memory.reserve has no effect on the CPU"));
    }

    void moduleFindsAllItsFunctionsInLibTorch() {
#ifdef HEADROOM_MEMORY_LIMIT_MODULE
        void* const module = dlopen(HEADROOM_MEMORY_LIMIT_MODULE, RTLD_NOW | RTLD_LOCAL);
        QVERIFY2(module != nullptr, dlerror());
        QVERIFY(dlsym(module, "headroomLimitMemory") != nullptr);
#else
        QSKIP("LibTorch has no headers of CUDA beside it");
#endif
    }
};

HEADROOM_TEST_MAIN(TestMemoryLimit)
#include "tst_memory_limit.moc"
