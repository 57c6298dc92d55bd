// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/machine_memory.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"

#include <limits>

using namespace headroom;

class TestMachineMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsMemoryOfThisMachine() {
        const MachineMemory memory = MachineMemory::now();
        QVERIFY(memory.available > 0);
        QVERIFY(memory.total >= memory.available);
    }

    void acceptsWhatFits() {
        requireMemory(0, "nothing");
        requireMemory(1 << 20, "a mebibyte");
    }

    void refusesWhatDoesNotFit() {
        for (const std::int64_t bytes :
             {MachineMemory::now().total, std::numeric_limits<std::int64_t>::max()}) {
            QVERIFY_THROWS_EXCEPTION(OutOfMemoryError, requireMemory(bytes, "this"));
            const std::string message = test::errorOf([&] { requireMemory(bytes, "this"); });
            QVERIFY2(message.starts_with("this would need ") && message.find("GiB") != std::string::npos,
                     message.c_str());
        }
    }
};

HEADROOM_TEST_MAIN(TestMachineMemory)
#include "tst_machine_memory.moc"
