// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <cstring>
#include <elf.h>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace headroom::test {

/// What a kernel needs of a card.
struct KernelResources {
    int registers = 0;   ///< of a thread
    int localBytes = 0;  ///< stack of a thread in device memory, for spilled registers too
    int sharedBytes = 0; ///< of a block, without the dynamic ones; from 9.0 on with 1 KiB of the system
};

/// Reads NVIDIA's machine code, an ELF file. Its sections .nv.info list attributes of functions; what they
/// mean is seen in the output of cuobjdump.
class CubinReader {
public:
    explicit CubinReader(const std::string& cubin) : cubin_(cubin) {
        const auto header = read<Elf64_Ehdr>(0);
        if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
            throw std::runtime_error("this is no ELF file");
        for (int i = 0; i < header.e_shnum; ++i)
            sections_.push_back(
                read<Elf64_Shdr>(header.e_shoff + static_cast<std::uint64_t>(i) * sizeof(Elf64_Shdr)));
        names_ = sections_.at(header.e_shstrndx).sh_offset;
    }

    /// By name of the kernel.
    std::map<std::string, KernelResources> resources() const {
        std::map<std::string, KernelResources> kernels;
        for (const Elf64_Shdr& section : sections_)
            if (text(names_ + section.sh_name) == ".nv.info")
                readAttributes(section, kernels);
        for (const Elf64_Shdr& section : sections_)
            for (auto& [name, kernel] : kernels)
                if (text(names_ + section.sh_name) == ".nv.shared." + name)
                    kernel.sharedBytes = static_cast<int>(section.sh_size);
        return kernels;
    }

private:
    static constexpr int withSize = 4; ///< format of an attribute: its size, then its value

    /// An attribute of a function.
    struct Attribute {
        std::uint8_t format;
        std::uint8_t kind;
        std::uint16_t size; ///< of the value
    };

    template <class T>
    T read(std::uint64_t offset) const {
        if (offset + sizeof(T) > cubin_.size())
            throw std::runtime_error("the file is cut off");
        T value;
        std::memcpy(&value, cubin_.data() + offset, sizeof value);
        return value;
    }

    std::string text(std::uint64_t offset) const { return cubin_.c_str() + offset; }

    std::string symbol(std::uint32_t index) const {
        for (const Elf64_Shdr& section : sections_)
            if (section.sh_type == SHT_SYMTAB)
                return text(sections_.at(section.sh_link).sh_offset +
                            read<Elf64_Sym>(section.sh_offset + index * sizeof(Elf64_Sym)).st_name);
        throw std::runtime_error("the file has no symbols");
    }

    void readAttributes(const Elf64_Shdr& section, std::map<std::string, KernelResources>& kernels) const {
        constexpr int frameSize = 0x11;
        constexpr int registerCount = 0x2f;
        for (std::uint64_t at = section.sh_offset; at < section.sh_offset + section.sh_size;) {
            const auto attribute = read<Attribute>(at);
            at += sizeof attribute;
            if (attribute.format != withSize)
                continue;
            if (attribute.kind == frameSize || attribute.kind == registerCount) {
                KernelResources& kernel = kernels[symbol(read<std::uint32_t>(at))];
                const auto value = read<std::int32_t>(at + 4);
                (attribute.kind == frameSize ? kernel.localBytes : kernel.registers) = value;
            }
            at += attribute.size;
        }
    }

    const std::string& cubin_;
    std::vector<Elf64_Shdr> sections_;
    std::uint64_t names_ = 0;
};

} // namespace headroom::test
