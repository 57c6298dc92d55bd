// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// The part of the fake CUDA driver that loads and launches kernels. Kernels do nothing, but launches that a
/// card would refuse are refused. If FAKECUDA_LAUNCHES names a file, each launched function adds a line with
/// its name.
#include "fake_environment.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <elf.h>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <unistd.h>

namespace {

constexpr int success = 0;
constexpr int invalidValue = 1;
constexpr int invalidImage = 200;
constexpr int notFound = 500;

struct Function {
    std::string name;
    unsigned sharedBytes = 48 << 10; ///< largest dynamic shared memory of a launch
};

struct Module {
    std::mutex mutex;
    bool named = false;                     ///< false for PTX, whose functions are unknown
    std::set<std::string> names;            ///< of its kernels
    std::map<std::string, Function> loaded; ///< by name
};

template <class T>
const T* at(const void* image, std::uint64_t offset) {
    return reinterpret_cast<const T*>(static_cast<const char*>(image) + offset);
}

/// The functions of an ELF file.
std::set<std::string> functionsIn(const void* image) {
    std::set<std::string> names;
    const auto* header = at<Elf64_Ehdr>(image, 0);
    const auto* sections = at<Elf64_Shdr>(image, header->e_shoff);
    for (int i = 0; i < header->e_shnum; ++i) {
        if (sections[i].sh_type != SHT_SYMTAB)
            continue;
        const auto* symbols = at<Elf64_Sym>(image, sections[i].sh_offset);
        const auto* text = at<char>(image, sections[sections[i].sh_link].sh_offset);
        for (std::uint64_t j = 0; j < sections[i].sh_size / sizeof *symbols; ++j)
            if (ELF64_ST_TYPE(symbols[j].st_info) == STT_FUNC)
                names.insert(text + symbols[j].st_name);
    }
    return names;
}

/// Largest dynamic shared memory that a kernel can request, in bytes.
unsigned mostSharedBytes() {
    switch (fake::capabilities().front()) {
    case 80:
    case 87:
        return 163 << 10;
    case 86:
    case 89:
    case 120:
    case 121:
        return 99 << 10;
    default:
        return fake::capabilities().front() < 80 ? 64 << 10 : 227 << 10;
    }
}

/// Unbuffered, because the programs end with _Exit().
void report(const std::string& name) {
    static const char* path = std::getenv("FAKECUDA_LAUNCHES");
    static const int file =
        path == nullptr ? -1 : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    const std::string line = name + '\n';
    if (file >= 0 && write(file, line.data(), line.size()) < 0)
        std::abort();
}

} // namespace

extern "C" {
int cuModuleLoadData(void** module, const void* image) {
    auto& created = *new Module; // never destroyed
    created.named = std::memcmp(image, ELFMAG, SELFMAG) == 0;
    if (created.named) {
        created.names = functionsIn(image);
        if (created.names.empty())
            return invalidImage;
    }
    *module = &created;
    return success;
}
int cuModuleGetFunction(void** function, void* module, const char* name) {
    auto& owner = *static_cast<Module*>(module);
    if (owner.named && !owner.names.contains(name))
        return notFound;
    const std::lock_guard lock(owner.mutex);
    *function = &owner.loaded.try_emplace(name, Function{name}).first->second;
    return success;
}
int cuFuncSetAttribute(void* function, int attribute, int value) {
    constexpr int maxDynamicSharedBytes = 8; // CUfunction_attribute
    if (attribute != maxDynamicSharedBytes)
        return success;
    if (value < 0 || static_cast<unsigned>(value) > mostSharedBytes())
        return invalidValue;
    static_cast<Function*>(function)->sharedBytes = static_cast<unsigned>(value);
    return success;
}
int cuLaunchKernel(void* function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX,
                   unsigned blockY, unsigned blockZ, unsigned sharedBytes, void*, void**, void**) {
    const auto& launched = *static_cast<Function*>(function);
    const auto within = [](unsigned value, unsigned most) { return value >= 1 && value <= most; };
    if (!within(gridX, 0x7fffffffU) || !within(gridY, 65535) || !within(gridZ, 65535) ||
        !within(blockX, 1024) || !within(blockY, 1024) || !within(blockZ, 64) ||
        !within(blockX * blockY * blockZ, 1024) || sharedBytes > launched.sharedBytes)
        return invalidValue;
    report(launched.name);
    return success;
}
/// NVRTC calls this if it finds the driver.
int cuGetExportTable(const void**, const void*) {
    return notFound;
}
}
