// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_main.h"

#include <dlfcn.h>

/// The module that the programs load on machines with cards. Without cards it can only be loaded.
class TestNcclModule : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsAllItsFunctionsInLibTorch() {
#ifdef HEADROOM_NCCL_MODULE
        void* const module = dlopen(HEADROOM_NCCL_MODULE, RTLD_NOW | RTLD_LOCAL);
        QVERIFY2(module != nullptr, dlerror());
        QVERIFY(dlsym(module, "headroomMakeNcclBackend") != nullptr);
#else
        QSKIP("LibTorch has no headers of NCCL beside it");
#endif
    }
};

HEADROOM_TEST_MAIN(TestNcclModule)
#include "tst_nccl_module.moc"
